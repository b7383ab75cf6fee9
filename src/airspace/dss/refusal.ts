/** How open mode says no: a status of the standard and a body of its shape. */
import { Problem } from '../../core/index.ts';
import { BAD_REQUEST, CONFLICT, DOWN, FORBIDDEN, NOT_FOUND, UNAUTHORISED } from '../problems.ts';

const KINDS = {
  400: BAD_REQUEST,
  401: UNAUTHORISED,
  403: FORBIDDEN,
  404: NOT_FOUND,
  409: CONFLICT,
  412: DOWN,
} as const;

/** Throws a refusal with one of the standard's statuses. */
export function refuse(status: keyof typeof KINDS, message: string): never {
  throw new Problem(KINDS[status], message);
}

/** 409 with what the key lacked. */
export class MissingKeys extends Error {
  readonly body: Readonly<Record<string, unknown>>;

  constructor(body: Readonly<Record<string, unknown>>) {
    super('the key lacks OVNs');
    this.body = body;
  }
}
