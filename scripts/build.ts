/** npm run build: what is made ahead of use: the web app in dist/web and the one-file verifier in dist. */
import { fileURLToPath } from 'node:url';
import { buildVerifier } from './build-verifier.ts';
import { buildWeb } from './build-web.ts';

const verifier = fileURLToPath(new URL('../dist/hudna-verify.mjs', import.meta.url));
const web = await buildWeb({ force: true });
await buildVerifier(verifier);
console.log(`web app: ${web.folder} (${web.milliseconds} ms)\nverifier: ${verifier}`);
