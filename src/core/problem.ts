/**
 * One way to say no. A problem is declared once in a room's `problems.ts` with a stable code, an HTTP status and a
 * message key; the person sees the message in their language, the program sees the code. Never carries a stack trace
 * or words of a sealed report to a user.
 */

export interface ProblemKind {
  /** Stable, `room/what`. Clients switch on it. */
  readonly code: string;
  readonly status: number;
  /** Key in locales/*.json; the message takes the problem's params. */
  readonly messageKey: string;
}

export type ProblemParams = Readonly<Record<string, string | number>>;

const catalogue = new Map<string, ProblemKind>();

/** Declares a kind of problem. The message key is `problem.` + code with `/` as `.`. Throws when declared twice. */
export function declareProblem(code: string, status: number): ProblemKind {
  if (catalogue.has(code)) throw new Error(`problem ${code} is declared twice`);
  const kind = Object.freeze({ code, status, messageKey: `problem.${code.replaceAll('/', '.')}` });
  catalogue.set(code, kind);
  return kind;
}

/** Every kind declared by the rooms loaded so far, for the generated documentation and the message test. */
export const declaredProblems = (): readonly ProblemKind[] => [...catalogue.values()];

/** A refusal. `where` names the file, line and field; `detail` is one plain English line for logs and the CLI. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly params: ProblemParams;
  readonly where: string | undefined;

  constructor(
    kind: ProblemKind,
    detail: string,
    options: { params?: ProblemParams; where?: string; cause?: unknown } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.kind = kind;
    this.params = options.params ?? {};
    this.where = options.where;
  }
}

export const isProblem = (error: unknown, kind?: ProblemKind): error is Problem =>
  error instanceof Problem && (kind === undefined || error.kind.code === kind.code);
