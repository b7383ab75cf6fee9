/** The log of a process: JSON lines on stderr, warnings and errors only unless HUDNA_LOG says otherwise. Never the words of a report. */
import { pino } from 'pino';
import type { Log } from '../core/index.ts';

const logger = pino({ level: process.env.HUDNA_LOG ?? 'warn', base: null }, pino.destination({ dest: 2, sync: true }));

export const systemLog: Log = {
  info: (fields, message) => logger.info(fields, message),
  warn: (fields, message) => logger.warn(fields, message),
  error: (fields, message) => logger.error(fields, message),
};
