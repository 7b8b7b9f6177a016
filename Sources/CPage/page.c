#include "page.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char template_bytes[] = {
#embed "files/page.mustache"
};

static const unsigned char request_bytes[] = {
#embed "files/request.mustache"
};

static const unsigned char finding_bytes[] = {
#embed "files/finding.mustache"
};

static const unsigned char code_bytes[] = {
#embed "files/code.mustache"
};

static const unsigned char style_bytes[] = {
#embed "files/page.css"
};

static const unsigned char script_bytes[] = {
#embed "files/page.js"
};

const struct reqlint_page_source reqlint_page_template = {template_bytes, sizeof template_bytes};
const struct reqlint_page_source reqlint_page_request = {request_bytes, sizeof request_bytes};
const struct reqlint_page_source reqlint_page_finding = {finding_bytes, sizeof finding_bytes};
const struct reqlint_page_source reqlint_page_code = {code_bytes, sizeof code_bytes};
const struct reqlint_page_source reqlint_page_style = {style_bytes, sizeof style_bytes};
const struct reqlint_page_source reqlint_page_script = {script_bytes, sizeof script_bytes};
