/** The ports that commands listen on unless told otherwise. */
export const DEFAULT_PORT = 2254;
export const WITNESS_PORT = 2255;
