// Entry of the workshop's process when the sources run as they are: a new process does not inherit the TypeScript loader.
import { register } from 'tsx/esm/api';

register();
await import('./process.ts');
