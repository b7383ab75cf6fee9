/** The log of a process: JSON lines on stderr, warnings and errors only unless HUDNA_LOG says otherwise. Fields pass a list of what may be written. */
import { pino } from 'pino';
import { allowedFields, type Log } from '../core/index.ts';

const logger = pino({ level: process.env.HUDNA_LOG ?? 'warn', base: null }, pino.destination({ dest: 2, sync: true }));

export const systemLog: Log = {
  info: (fields, message) => logger.info(allowedFields(fields), message),
  warn: (fields, message) => logger.warn(allowedFields(fields), message),
  error: (fields, message) => logger.error(allowedFields(fields), message),
};
