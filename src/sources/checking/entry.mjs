// Entry of the checking thread when the sources run as they are: a new thread does not inherit the TypeScript loader.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
