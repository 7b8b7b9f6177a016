#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>
