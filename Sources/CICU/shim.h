/* For the flags of pkg-config; Swift sees ICU only through ICUBridge, since Foundation brings types of the same
   names. */
