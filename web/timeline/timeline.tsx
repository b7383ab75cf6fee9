/**
 * The timeline: one bar a day, the start of the truce marked, the day moved by keys, buttons, drag or a date field.
 * A day on which no report came has a hollow tick: zero is a finding and is drawn. Never mirrored.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { addDays, type Day } from '../../src/core/index.ts';
import type { ApiDayCount, ApiDays } from '../../src/server/api/types.ts';
import { useLocale } from '../app/locale.tsx';
import { monthStarts, moveByKey, type TimeScale, timeScale } from './scale.ts';
import styles from './timeline.module.css';

const BARS_HEIGHT = 64;
const HEIGHT = 104;
/** A month whose name would be cut off at the end of the strip is not named. */
const MONTH_WIDTH = 56;

interface TimelineProps {
  readonly days: ApiDays;
  readonly day: Day;
  readonly onChange: (day: Day) => void;
}

export function Timeline({ days, day, onChange }: TimelineProps) {
  const { t, formats } = useLocale();
  const [frame, width] = useWidth();
  const first = days.days[0]?.day ?? day;
  const last = days.days[days.days.length - 1]?.day ?? day;
  const scale = timeScale(first, last, width);
  const counts = days.days.find((one) => one.day === day);
  const track = useRef<HTMLDivElement>(null);

  const dayUnder = (event: PointerEvent) =>
    scale.dayAt(event.clientX - (track.current?.getBoundingClientRect().left ?? 0));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveByKey(event.key, scale, scale.clamp(day));
    if (next === null) return;
    event.preventDefault();
    if (next !== day) onChange(next);
  };

  return (
    <section className={styles.timeline} aria-label={t('web.timeline.label')}>
      <div className={styles.controls}>
        <button
          type="button"
          onClick={() => onChange(scale.clamp(addDays(day, -1)))}
          disabled={day <= first}
          className={styles.step}
        >
          <Chevron />
          <span>{t('web.timeline.previous')}</span>
        </button>
        <label className={styles.go}>
          <span>{t('web.timeline.goTo')}</span>
          <input
            type="date"
            value={day}
            min={first}
            max={last}
            onChange={(event) => event.target.value && onChange(event.target.value)}
          />
        </label>
        <button
          type="button"
          onClick={() => onChange(scale.clamp(addDays(day, 1)))}
          disabled={day >= last}
          className={styles.step}
        >
          <span>{t('web.timeline.next')}</span>
          <Chevron forward />
        </button>
      </div>
      <div ref={frame} className={styles.frame} dir="ltr">
        <div
          ref={track}
          className={styles.track}
          role="slider"
          tabIndex={0}
          aria-label={t('web.timeline.slider')}
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={scale.count - 1}
          aria-valuenow={Math.round(scale.x(scale.clamp(day)) / scale.step)}
          aria-valuetext={t('web.timeline.value', {
            day: formats.longDay(day),
            incidents: t('count.incidents', { n: counts?.incidents ?? 0 }),
            reports: t('count.reports', { n: counts?.reports ?? 0 }),
          })}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            onChange(dayUnder(event));
          }}
          onPointerMove={(event) => {
            if (event.buttons === 1) onChange(dayUnder(event));
          }}
        >
          <svg width={width} height={HEIGHT} aria-hidden="true">
            <Axis scale={scale} startDay={days.startDay} />
            <Bars scale={scale} days={days.days} day={day} />
            <Thumb scale={scale} day={day} />
          </svg>
        </div>
      </div>
      <p className={styles.legend}>{t('web.timeline.legend')}</p>
    </section>
  );
}

function Bars({ scale, days, day }: { scale: TimeScale; days: readonly ApiDayCount[]; day: Day }) {
  const most = Math.max(1, ...days.map((one) => one.incidents));
  const gap = scale.step > 5 ? 1.5 : 0.5;
  return (
    <g>
      {days.map((one) => {
        const height = one.incidents === 0 ? 0 : Math.max(3, (one.incidents / most) * (BARS_HEIGHT - 8));
        const x = scale.x(one.day) + gap / 2;
        const width = Math.max(1, scale.step - gap);
        return height === 0 ? (
          <rect key={one.day} x={x} y={BARS_HEIGHT - 3} width={width} height={2.5} className={styles.zero} />
        ) : (
          <rect
            key={one.day}
            x={x}
            y={BARS_HEIGHT - height}
            width={width}
            height={height}
            className={one.day === day ? styles.here : styles.bar}
          />
        );
      })}
    </g>
  );
}

function Axis({ scale, startDay }: { scale: TimeScale; startDay: Day }) {
  const { t, formats } = useLocale();
  const inside = startDay >= scale.first && startDay <= scale.last;
  const start = scale.x(startDay);
  const months = monthStarts(scale);
  return (
    <g>
      {inside && start > 0 ? <rect x={0} y={0} width={start} height={BARS_HEIGHT} className={styles.before} /> : null}
      <line x1={0} x2={scale.step * scale.count} y1={BARS_HEIGHT} y2={BARS_HEIGHT} className={styles.axis} />
      {months.map((day) => (
        <g key={day}>
          <line x1={scale.x(day)} x2={scale.x(day)} y1={BARS_HEIGHT} y2={BARS_HEIGHT + 6} className={styles.axis} />
          {scale.x(day) + MONTH_WIDTH <= scale.step * scale.count ? (
            <text x={scale.x(day) + 4} y={BARS_HEIGHT + 17} className={styles.month}>
              {formats.month(day)}
            </text>
          ) : null}
        </g>
      ))}
      {inside ? (
        <g>
          <line x1={start} x2={start} y1={0} y2={BARS_HEIGHT + 24} className={styles.start} />
          <text x={start + 4} y={HEIGHT - 5} className={styles.startText}>
            {t('web.timeline.start', { day: formats.shortDay(startDay) })}
          </text>
        </g>
      ) : null}
    </g>
  );
}

function Thumb({ scale, day }: { scale: TimeScale; day: Day }) {
  const x = scale.x(scale.clamp(day)) + scale.step / 2;
  return (
    <g className={styles.thumb}>
      <line x1={x} x2={x} y1={0} y2={BARS_HEIGHT} />
      <path d={`M${x - 8} ${BARS_HEIGHT + 13}L${x} ${BARS_HEIGHT + 1}L${x + 8} ${BARS_HEIGHT + 13}z`} />
    </g>
  );
}

/** Points along time: left is earlier in every language, so it is never mirrored. */
function Chevron({ forward = false }: { forward?: boolean }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={forward ? 'M4 1l5 5-5 5' : 'M8 1L3 6l5 5'} fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}

/** The width of an element, kept up to date; 800 until it is measured. */
function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
