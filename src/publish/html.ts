/** HTML from a template: every value is escaped unless it is HTML made by the same template. */

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | null | undefined | false | readonly Value[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const render = (value: Value): string => {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return String(value).replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark);
};

export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(strings.map((part, i) => part + (i < values.length ? render(values[i]) : '')).join(''));

/** A run of another language or direction, isolated. */
export const bdi = (run: string | number): Html => html`<bdi>${run}</bdi>`;

export interface DocumentParts {
  readonly lang: string;
  readonly title: string;
  /** Nonce of the Content-Security-Policy. */
  readonly nonce: string;
  readonly body: Html;
}

const PLAIN_STYLE =
  'body{font:1rem/1.6 system-ui,sans-serif;max-inline-size:56rem;margin-inline:auto;padding:1.5rem;color:#1b2430}code{background:#eef2f5;padding:.1em .3em}table{border-collapse:collapse}td,th{border-block-end:1px solid #d5dce3;padding:.2rem .8rem .2rem 0;text-align:start}h2{font-size:1.05rem;margin-block:1.5rem .25rem}p,ul{margin-block:.25rem}';

/** A plain page of words and tables. */
export const plainDocument = ({ lang, title, nonce, body }: DocumentParts): string =>
  html`<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style nonce="${nonce}">${new Html(PLAIN_STYLE)}</style></head>
<body>${body}</body></html>
`.text;
