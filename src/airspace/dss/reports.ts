/** Error reports of clients: kept as they came (bounded), answered with an id. */
import type { Plan, Turn } from './plan.ts';
import { refuse } from './refusal.ts';
import { fieldsOf } from './wire.ts';

const MOST_CHARACTERS = 100_000;

/** Takes a report; its id is the server's, whatever the client wrote. */
export function makeReport(turn: Turn, body: unknown): Plan {
  const report = fieldsOf(body, 'body');
  const exchange = fieldsOf(report.exchange, 'exchange');
  for (const name of ['url', 'method', 'recorder_role']) {
    if (typeof exchange[name] !== 'string') refuse(400, `exchange.${name}: missing`);
  }
  if (JSON.stringify(report).length > MOST_CHARACTERS) refuse(400, 'the report is too long');
  const id = turn.newId();
  const kept = { ...report, report_id: id };
  return {
    changes: [{ kind: 'report', id, item: { owner: turn.caller, at: turn.now, report: kept } }],
    status: 201,
    answer: () => kept,
  };
}
