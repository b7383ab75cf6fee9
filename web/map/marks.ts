/** The marks of the map as elements: the same shapes as in the list. Out of the tab order, for the list is the equal way. */
import type { ApiIncidentLine, IncidentStatus } from '../../src/server/api/types.ts';
import styles from './incident-map.module.css';

const SVG = 'http://www.w3.org/2000/svg';

const SHAPES: Readonly<Record<IncidentStatus, readonly (readonly [path: string, filled: boolean])[]>> = {
  reported: [['M12 6.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z', false]],
  corroborated: [
    ['M12 6.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z', false],
    ['M12 6.5a5.5 5.5 0 0 0 0 11z', true],
  ],
  verified: [['M12 6a6 6 0 1 0 0 12a6 6 0 1 0 0-12z', true]],
  disputed: [['M12 5.5l6.5 6.5-6.5 6.5-6.5-6.5z', false]],
  dismissed: [['M6 12h12', false]],
  withdrawn: [['M7 7l10 10m0-10L7 17', false]],
};

/** A mark for one incident. `color` is a token name. */
export function markFor(incident: ApiIncidentLine, color: string, title: string, selected: boolean): HTMLElement {
  const button = markButton(title);
  button.className = styles.mark ?? '';
  button.style.color = `var(${color})`;
  if (selected) button.dataset.selected = 'true';
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const ground = path('M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z', styles.ground);
  if (incident.proposed) ground.classList.add(styles.proposed ?? '');
  svg.append(ground);
  for (const [d, filled] of SHAPES[incident.status]) svg.append(path(d, filled ? styles.solid : styles.hollow));
  button.append(svg);
  return button;
}

/** A counted mark for a spot where many incidents stand; its area grows with the count. */
export function spotMark(text: string, title: string, count: number): HTMLElement {
  const button = markButton(title);
  button.className = styles.spot ?? '';
  const size = Math.round(Math.min(56, 22 + 5 * Math.sqrt(count)));
  button.style.inlineSize = `${size}px`;
  button.style.blockSize = `${size}px`;
  button.textContent = text;
  return button;
}

function markButton(title: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.tabIndex = -1;
  button.title = title;
  button.setAttribute('aria-label', title);
  return button;
}

function path(d: string, className: string | undefined): SVGPathElement {
  const element = document.createElementNS(SVG, 'path');
  element.setAttribute('d', d);
  if (className) element.setAttribute('class', className);
  return element;
}
