/** The API's documentation as a page, made from the OpenAPI description and the catalogue of problems. No script. */
import { declaredProblems } from '../core/index.ts';
import { type Html, html, plainDocument } from '../publish/index.ts';

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: { readonly type?: string; readonly enum?: readonly string[] };
  }[];
}

const METHODS = ['get', 'post', 'put', 'delete'] as const;

export function docsPage(openapi: object, nonce: string): string {
  const paths = Object.entries((openapi as { paths?: Record<string, Record<string, Operation>> }).paths ?? {});
  const operations = paths.flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
  );
  return plainDocument({
    lang: 'en',
    title: 'Hudna: the API',
    nonce,
    body: html`<main><h1>Hudna: the API</h1>
<p>Machine-readable at <a href="/openapi.json">/openapi.json</a>. Errors are <code>application/problem+json</code>; switch on <code>code</code>. Tokens: <code>hudna token create</code>, sent as <code>Authorization: Bearer …</code>.</p>
${operations.map(operationBlock)}
<h2>Problems</h2><table><thead><tr><th>code</th><th>status</th></tr></thead><tbody>
${declaredProblems().map(({ code, status }) => html`<tr id="problem-${code.replace('/', '-')}"><td><code>${code}</code></td><td>${status}</td></tr>`)}</tbody></table></main>`,
  });
}

function operationBlock({ path, method, operation }: { path: string; method: string; operation: Operation }): Html {
  const parameters = operation.parameters ?? [];
  return html`<section><h2><code>${method.toUpperCase()} ${path}</code></h2><p>${operation.summary}</p>
${parameters.length > 0 ? html`<ul>${parameters.map((one) => html`<li><code>${one.name}</code> (${one.in}${one.required ? ', required' : ''}) ${one.schema?.enum?.join(' | ') ?? one.schema?.type}</li>`)}</ul>` : null}</section>`;
}
