/* Without ICU's headers: Foundation brings types of the same names, and Swift cannot keep them apart. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>
