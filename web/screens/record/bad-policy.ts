/** A policy that cannot be used: the line and what is wrong with it. Apart, so that the page can name it without the verifier. */
export class BadPolicy extends Error {}
