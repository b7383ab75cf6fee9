/**
 * What a party is told. Everything it sees of a conflict is a window and cells of its own declaration on the coarse
 * grid, in a message whose size its own declaration fixes: one other or fifty, nothing differs but bits.
 */
import { type Book, cellsIn, otherOf } from './book.ts';
import { bitmap, boxOf } from './cells.ts';
import { type Alert, type Declaration, LEVELS, type Level, type Pair } from './model.ts';

export type View = Readonly<Record<string, unknown>>;

const iso = (ms: number): string => new Date(ms).toISOString();

/** A party's own declaration, volumes and all. */
export const declarationView = (book: Book, declaration: Declaration): View => ({
  id: declaration.id,
  class: declaration.class,
  state: declaration.state,
  version: declaration.version,
  declaredAt: iso(declaration.declaredAt),
  changedAt: iso(declaration.changedAt),
  commitment: declaration.commitment,
  volumes: declaration.volumes.map((volume) => ({ ...volume, start: iso(volume.start), end: iso(volume.end) })),
  cells: book.standingOf(declaration.id)?.cells.length ?? 0,
});

/** Level by time to the conflict; acute when both fly and the time is now. */
export function levelOf(book: Book, pair: Pair, now: number): Level {
  const flies = (id: string): boolean => {
    const state = book.declarations.get(id)?.state;
    return state === 'active' || state === 'off_nominal';
  };
  const { cautionMinutes, warningMinutes } = book.rules.levels;
  const untilMs = pair.window.start - now;
  if (untilMs <= 0 && pair.window.end >= now && flies(pair.a) && flies(pair.b)) return 'acute';
  if (untilMs < warningMinutes * 60_000) return 'warning';
  return untilMs <= cautionMinutes * 60_000 ? 'caution' : 'notice';
}

export const worst = (levels: readonly Level[]): Level =>
  LEVELS[Math.max(0, ...levels.map((level) => LEVELS.indexOf(level)))] ?? 'notice';

/** Room for the longest alert a declaration of so many cells can get. */
const alertRoom = (cells: number): number => 4_096 + Math.ceil(cells / 6) * 2;

/** The alert of a declaration as its party sees it; null when nothing comes near. */
export function alertView(
  book: Book,
  alert: Alert | undefined,
  now: number,
  card: (code: string, level: Level) => View,
): View | null {
  const pairs = alert ? book.pairsWith(alert.declaration) : [];
  const at = alert && book.standingOf(alert.declaration);
  if (!alert || !at || pairs.length === 0) return null;
  const touched = new Set(pairs.flatMap((pair) => cellsIn(pair, alert.declaration)));
  const boxes = [...touched].flatMap((i) => {
    const cell = at.cells[i];
    return cell ? [boxOf(book.raster, cell)] : [];
  });
  const level = worst(pairs.map((pair) => levelOf(book, pair, now)));
  const bothKnow =
    alert.acknowledgedAt !== null &&
    pairs.some((pair) => {
      const other = book.alerts.get(otherOf(pair, alert.declaration));
      return other !== undefined && other.acknowledgedAt !== null;
    });
  const escalated = alert.acknowledgedAt === null && now - alert.raisedAt > book.rules.escalateSeconds * 1000;
  return {
    id: alert.id,
    declaration: alert.declaration,
    level,
    raisedAt: iso(alert.raisedAt),
    acknowledgedAt: alert.acknowledgedAt === null ? null : iso(alert.acknowledgedAt),
    window: {
      start: iso(Math.min(...boxes.map((box) => box.start))),
      end: iso(Math.max(...boxes.map((box) => box.end))),
    },
    cells: bitmap(at.cells.length, touched),
    code: bothKnow ? book.codeOf(alert.declaration) : null,
    card: escalated ? card(alert.id.slice(-6).toUpperCase(), level) : null,
  };
}

/** Adds what fills an answer up to the size that its own part fixes. `variable` names the parts that may differ. */
export function padded(body: View, variable: readonly string[], cells: number): View {
  const fixed = JSON.stringify({ ...body, ...Object.fromEntries(variable.map((name) => [name, null])) }).length;
  const target = Math.ceil((fixed + alertRoom(cells)) / 4_096) * 4_096;
  const short = target - Buffer.byteLength(JSON.stringify({ ...body, pad: '' }));
  if (short < 0) throw new Error('an answer is larger than its size');
  return { ...body, pad: ' '.repeat(short) };
}
