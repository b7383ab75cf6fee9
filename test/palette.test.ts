/** Both palettes: text is readable on every ground it stands on, and marks are seen on theirs (WCAG 2.2: 4.5:1 and 3:1). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository } from './support/needs.ts';

const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const tokens = new Map(
  [
    ...readFileSync(inRepository('web/tokens.css'), 'utf8').matchAll(/(--[\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g),
  ].map(([, name, light, dark]) => [name, { light, dark }] as const),
);

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string, theme: Theme): number {
  const [first, second] = [a, b].map((name) => tokens.get(name)?.[theme]);
  if (!first || !second) throw new Error(`no such colour: ${a} or ${b}`);
  const [low = 0, high = 0] = [luminance(first), luminance(second)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['--paper', '--surface', '--sunken', '--accent-ground'];
const EVIDENCE = ['--mark-type', '--mark-place', '--mark-time', '--mark-actor', '--mark-toll', '--mark-other'];
const PARTIES = ['--party-0', '--party-1', '--party-2', '--party-3', '--party-4', '--party-5', '--party-none'];

describe.each(THEMES)('the %s palette', (theme) => {
  it('keeps text readable on every ground', () => {
    for (const ground of GROUNDS) {
      expect(contrast('--ink', ground, theme), ground).toBeGreaterThanOrEqual(7);
      expect(contrast('--ink-soft', ground, theme), ground).toBeGreaterThanOrEqual(4.5);
      expect(contrast('--accent', ground, theme), ground).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast('--notice', '--notice-ground', theme)).toBeGreaterThanOrEqual(4.5);
    expect(contrast('--on-accent', '--accent', theme)).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps a report readable where it is marked', () => {
    for (const mark of EVIDENCE) expect(contrast('--ink', mark, theme), mark).toBeGreaterThanOrEqual(7);
  });

  it('shows the marks of the map and the edges of controls', () => {
    for (const party of PARTIES) {
      for (const ground of ['--surface', '--map-area', '--map-land']) {
        expect(contrast(party, ground, theme), `${party} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
    expect(contrast('--line-strong', '--surface', theme)).toBeGreaterThanOrEqual(3);
    expect(contrast('--focus', '--surface', theme)).toBeGreaterThanOrEqual(3);
  });

  it('gives no two parties one colour', () => {
    expect(new Set(PARTIES.map((party) => tokens.get(party)?.[theme])).size).toBe(PARTIES.length);
  });
});
