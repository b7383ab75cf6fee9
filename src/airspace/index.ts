/** The door of airspace, the flight-safety channel. Only cli comes in here. */
export { type CheckConflict, eachConflict } from './check/check.ts';
export { type CheckInput, parseCheckInput } from './check/parse.ts';
export { newPartyKey, signRules } from './rules/sign.ts';
export { MODES, type Mode, type Running, serveAirspace } from './serve.ts';
export { createToken } from './tokens.ts';
