// Entry of the exchange's thread: a new thread does not inherit the TypeScript loader.
import { register } from 'tsx/esm/api';

register();
await import('./psi-work.ts');
