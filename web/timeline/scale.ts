/** The arithmetic of the timeline: days to pixels and back. Pure. Time runs left to right in every language. */
import { addDays, type Day, dayNumber } from '../../src/core/index.ts';

export interface TimeScale {
  readonly first: Day;
  readonly last: Day;
  readonly count: number;
  /** Width of one day in pixels. */
  readonly step: number;
  /** Left edge of a day. */
  x(day: Day): number;
  /** The day under a pixel, clamped to the range. */
  dayAt(x: number): Day;
  clamp(day: Day): Day;
}

/** A scale of whole days over `width` pixels. `last` before `first` counts as one day. */
export function timeScale(first: Day, last: Day, width: number): TimeScale {
  const start = dayNumber(first);
  const count = Math.max(1, dayNumber(last) - start + 1);
  const step = width / count;
  const clampIndex = (index: number) => Math.min(count - 1, Math.max(0, index));
  return {
    first,
    last: addDays(first, count - 1),
    count,
    step,
    x: (day) => (dayNumber(day) - start) * step,
    dayAt: (x) => addDays(first, clampIndex(Math.floor(x / step))),
    clamp: (day) => addDays(first, clampIndex(dayNumber(day) - start)),
  };
}

/** How far a key moves the day; null when the key is not ours. Arrows follow sight, not reading order. */
export function moveByKey(key: string, scale: TimeScale, day: Day): Day | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return scale.clamp(addDays(day, 1));
    case 'ArrowLeft':
    case 'ArrowDown':
      return scale.clamp(addDays(day, -1));
    case 'PageUp':
      return scale.clamp(addDays(day, 7));
    case 'PageDown':
      return scale.clamp(addDays(day, -7));
    case 'Home':
      return scale.first;
    case 'End':
      return scale.last;
    default:
      return null;
  }
}

/** First days of the months inside the range. */
export function monthStarts(scale: TimeScale): Day[] {
  return Array.from({ length: scale.count }, (_, index) => addDays(scale.first, index)).filter((day) =>
    day.endsWith('-01'),
  );
}
