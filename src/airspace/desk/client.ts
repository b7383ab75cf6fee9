/**
 * What runs in the browser of the flight desk. One function without imports, because its own text is what the page
 * carries. It shows nothing as clear that it has not heard of within three seconds: silence turns the whole desk red.
 */

import type { DeskMap, MapHost, MapMark, MapOutline } from './map.ts';

interface DeskVolume {
  outline: { circle?: { lat: number; lon: number; radiusMetres: number }; polygon?: { lat: number; lon: number }[] };
  altitudeLowerMetres: number;
  altitudeUpperMetres: number;
  start: string;
  end: string;
}
interface DeskAlert {
  id: string;
  level: string;
  acknowledgedAt: string | null;
  window: { start: string; end: string };
  code: string | null;
  card: Record<string, string> | null;
}
interface DeskRow {
  declaration: { id: string; class: string; state: string; version: number; volumes: DeskVolume[] };
  keepClear: string[];
  verdict: string;
  alert: DeskAlert | null;
  /** Private mode: own cells that the other side holds too. */
  shared?: number;
}

/** What the server says on another mode's desk: no alerts there, only cells that both hold. */
interface PrivateAnswer {
  declarations: { id: string; class: string; volumes: DeskVolume[]; verdict: string; cells: string[] }[];
}

/** `makeMap` is the function of map.ts, given by the page. */
export function deskClient(
  text: Record<string, string>,
  lang: string,
  mode: string,
  makeMap: (host: MapHost) => DeskMap,
): void {
  const SILENCE_MS = 3_000;
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    (text[`airspace.${key}`] ?? key).replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
  const find = (id: string): HTMLElement => {
    const element = document.getElementById(id);
    if (!element) throw new Error(`the page has no ${id}`);
    return element;
  };
  const make = (tag: string, className: string, content = ''): HTMLElement => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = content;
    return element;
  };
  let rows: DeskRow[] = [];
  let chosen = 0;
  let heardAt = 0;
  let serverStale = true;
  let lastGood = '';

  const api = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const reply = await fetch(`/flight/v1${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer = (await reply.json()) as Record<string, unknown>;
    if (!reply.ok) throw new Error(String(answer.detail ?? reply.status));
    return answer;
  };
  const clock = (iso: string, to = 16): string =>
    `\u2068${iso.slice(8, 10)}.${iso.slice(5, 7)} ${iso.slice(11, to)}Z\u2069`;
  const isStale = (): boolean => serverStale || Date.now() - heardAt > SILENCE_MS;

  const countdown = (row: DeskRow): string => {
    if (!row.alert) return '';
    const ms = Date.parse(row.alert.window.start) - Date.now();
    if (ms <= 0) return say('desk.now');
    const s = Math.floor(ms / 1000);
    const two = (n: number): string => String(n).padStart(2, '0');
    return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  };

  const card = (row: DeskRow, i: number): HTMLElement => {
    const level = isStale() ? 'unknown' : (row.alert?.level ?? row.verdict.trim());
    const item = make('li', `row ${level}${i === chosen ? ' chosen' : ''}`);
    item.tabIndex = 0;
    item.setAttribute('aria-current', String(i === chosen));
    const first = row.declaration.volumes[0];
    const head = make('div', 'head');
    head.append(
      make('strong', 'level', say(row.alert && !isStale() ? `level.${level}` : `verdict.${level}`)),
      make('span', 'countdown', countdown(row)),
    );
    const id = make(
      'bdi',
      'id',
      `${row.declaration.id.slice(-6).toUpperCase()} · ${say(`class.${row.declaration.class}`)} · ${say(`state.${row.declaration.state}`)}`,
    );
    item.append(head, id);
    if (first) {
      const low = Math.min(...row.declaration.volumes.map((volume) => volume.altitudeLowerMetres));
      const high = Math.max(...row.declaration.volumes.map((volume) => volume.altitudeUpperMetres));
      item.append(make('bdi', 'when', `${clock(first.start)} – ${clock(first.end)} · ${low}–${high} m`));
    }
    if (row.keepClear.length > 0)
      item.append(make('p', 'keep-clear', say('desk.keepClear', { count: row.keepClear.length })));
    if (row.shared) item.append(make('p', 'window', say('desk.shared', { count: row.shared })));
    if (row.alert) {
      item.append(
        make(
          'p',
          'window',
          say('desk.window', { from: clock(row.alert.window.start), to: clock(row.alert.window.end) }),
        ),
      );
      if (row.alert.code) item.append(make('p', 'code', say('desk.code', { code: row.alert.code })));
      else if (row.alert.acknowledgedAt) item.append(make('p', 'waiting', say('desk.waiting')));
      const words = row.alert.card?.[lang];
      if (words) item.append(make('p', 'hotline', words));
      if (!row.alert.acknowledgedAt) {
        const button = make('button', 'ack', say('desk.acknowledge')) as HTMLButtonElement;
        button.addEventListener('click', () => void acknowledge(row));
        item.append(button);
      }
    }
    const actions = make('div', 'actions');
    const next = row.declaration.state === 'planned' ? ['active', 'ended'] : ['off_nominal', 'ended'];
    for (const state of mode === 'private' ? ['ended'] : next) {
      const button = make('button', 'plain', say(`desk.set.${state}`));
      button.addEventListener('click', () => void setState(row, state));
      actions.append(button);
    }
    if (['planned', 'active', 'off_nominal'].includes(row.declaration.state)) item.append(actions);
    item.addEventListener('focus', () => {
      chosen = i;
    });
    return item;
  };

  const svg = (tag: string, attributes: Record<string, string | number>): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    return element;
  };

  const levelOf = (row: DeskRow): string => (isStale() ? 'unknown' : (row.alert?.level ?? row.verdict.trim()));

  let keepClear: MapOutline[] = [];
  const drawMap = (): void => {
    const clear = keepClear.map((outline): MapMark => ({ outline, look: 'keep-clear-area' }));
    const own = rows.flatMap((row) =>
      row.declaration.volumes.map(
        ({ outline }): MapMark => ({
          outline,
          look: `volume ${levelOf(row)}${rows[chosen] === row ? ' chosen' : ''}`,
        }),
      ),
    );
    map.show([...clear, ...own]);
  };

  const drawStrip = (): void => {
    const strip = find('strip');
    strip.replaceChildren();
    const all = rows.flatMap((row) => row.declaration.volumes.map((volume) => ({ row, volume })));
    const from = Date.now() - 1_800_000;
    const to = Math.max(from + 6 * 3_600_000, ...all.map(({ volume }) => Date.parse(volume.end)));
    const top = Math.max(6_000, ...all.map(({ volume }) => volume.altitudeUpperMetres)) * 1.1;
    const x = (ms: number): number => 44 + ((ms - from) / (to - from)) * 590;
    const y = (metres: number): number => 170 - (metres / top) * 160;
    for (let metres = 0; metres <= top; metres += 3_000) {
      strip.append(svg('line', { x1: 44, x2: 640, y1: y(metres), y2: y(metres), class: 'grid' }));
      const label = svg('text', { x: 2, y: y(metres) + 4, class: 'label' });
      label.textContent = String(metres);
      strip.append(label);
    }
    strip.append(svg('line', { x1: x(Date.now()), x2: x(Date.now()), y1: 0, y2: 175, class: 'now' }));
    for (const { row, volume } of all) {
      const [start, end] = [Date.parse(volume.start), Date.parse(volume.end)];
      strip.append(
        svg('rect', {
          x: x(start),
          y: y(volume.altitudeUpperMetres),
          width: Math.max(2, x(end) - x(start)),
          height: Math.max(2, y(volume.altitudeLowerMetres) - y(volume.altitudeUpperMetres)),
          class: `volume ${levelOf(row)}`,
        }),
      );
    }
  };

  const draw = (): void => {
    const stale = isStale();
    document.body.classList.toggle('stale', stale);
    find('stale').hidden = !stale;
    find('good').textContent = lastGood ? say('desk.lastGood', { at: clock(lastGood, 19) }) : say('desk.never');
    const active = document.activeElement;
    const typing = active instanceof HTMLElement && active.closest('form') !== null;
    const list = find('list');
    list.replaceChildren(...rows.map(card));
    find('none').hidden = rows.length > 0;
    if (!typing && active instanceof HTMLElement && active.classList.contains('row'))
      (list.children[chosen] as HTMLElement | undefined)?.focus();
    drawMap();
    drawStrip();
  };

  const load = async (): Promise<void> => {
    const answer = await api('GET', '/declarations');
    rows =
      mode === 'private'
        ? (answer as unknown as PrivateAnswer).declarations.map(
            ({ cells, verdict, ...one }): DeskRow => ({
              declaration: { ...one, state: 'planned', version: 1 },
              keepClear: [],
              verdict,
              alert: null,
              shared: cells.length,
            }),
          )
        : (answer.declarations as DeskRow[]).filter(
            (row) => row.declaration.state !== 'expired' && row.declaration.state !== 'ended',
          );
    const clear = await api('GET', '/keep-clear');
    keepClear = (clear.keepClear as { volumes: DeskVolume[] }[]).flatMap(({ volumes }) =>
      volumes.map(({ outline }) => outline),
    );
    footing(answer);
    chosen = Math.min(chosen, Math.max(0, rows.length - 1));
    draw();
  };
  const footing = (answer: Record<string, unknown>): void => {
    heardAt = Date.now();
    serverStale = answer.stale !== false;
    if (typeof answer.lastGoodCheckAt === 'string') lastGood = answer.lastGoodCheckAt;
    if (typeof answer.budgetLeft === 'string')
      find('budget').textContent = say('desk.budget', { cells: answer.budgetLeft.trim() });
  };
  const told = (message: string, bad = false): void => {
    const line = find('message');
    line.textContent = message;
    line.className = bad ? 'bad' : '';
  };
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      await load();
    } catch (error) {
      told(error instanceof Error ? error.message : String(error), true);
    }
  };
  const acknowledge = (row: DeskRow): Promise<void> => attempt(() => api('POST', `/alerts/${row.alert?.id}/ack`));
  const setState = (row: DeskRow, state: string): Promise<void> =>
    attempt(() =>
      mode === 'private'
        ? api('POST', `/declarations/${row.declaration.id}/end`)
        : api('POST', `/declarations/${row.declaration.id}/state`, { state, version: row.declaration.version }),
    );

  const form = find('new') as HTMLFormElement;
  const field = (name: string): string => String(new FormData(form).get(name) ?? '');
  /** What the text says: one coordinate is a centre, more are corners. Null while nothing is written. */
  const outlineOfText = async (): Promise<MapOutline | null> => {
    const lines = field('place')
      .split('\n')
      .filter((line) => line.trim() !== '');
    if (lines.length === 0) return null;
    const { points } = await api('POST', '/coordinates', { lines });
    const corners = points as { lat: number; lon: number }[];
    const [centre] = corners;
    return corners.length === 1 && centre
      ? { circle: { ...centre, radiusMetres: Number(field('radius')) * 1000 } }
      : { polygon: corners };
  };
  const input = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
  const map = makeMap({
    svg: find('map') as unknown as SVGSVGElement,
    tools: find('tools'),
    readout: find('readout'),
    say,
    onDraw(outline) {
      const points = outline.circle ? [outline.circle] : (outline.polygon ?? []);
      input('place').value = points.map(({ lat, lon }) => `${lat}, ${lon}`).join('\n');
      if (outline.circle) input('radius').value = String(outline.circle.radiusMetres / 1000);
      told(say('desk.drawn'));
    },
  });
  const drawText = async (): Promise<void> => {
    try {
      map.draft(await outlineOfText());
      told('');
    } catch (error) {
      told(error instanceof Error ? error.message : String(error), true);
    }
  };
  for (const name of ['place', 'radius']) input(name).addEventListener('change', () => void drawText());
  fetch('/desk/flight/outlines.geojson')
    .then((reply) => reply.json())
    .then((file: { features: { properties: { kind: string }; geometry: { coordinates: number[][][] } }[] }) =>
      map.background(
        file.features.map(({ properties, geometry }) => ({ kind: properties.kind, rings: geometry.coordinates })),
      ),
    )
    .catch(() => {});
  const fromForm = async (): Promise<unknown> => {
    const drawn = await outlineOfText();
    const outline = drawn?.polygon ? { polygon: drawn.polygon.map((point) => [point.lon, point.lat]) } : drawn;
    const zulu = (name: string): string => `${field(name)}:00Z`;
    const volume = {
      outline,
      altitudeLowerMetres: Number(field('low')),
      altitudeUpperMetres: Number(field('high')),
      start: zulu('start'),
      end: zulu('end'),
    };
    return { class: field('class'), volumes: [volume] };
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const asks = event.submitter?.getAttribute('value') === 'what-if';
    void attempt(async () => {
      const answer = await api('POST', asks ? '/what-if' : '/declarations', await fromForm());
      const verdict = String(answer.verdict ?? 'unknown').trim();
      told(say(asks ? 'desk.asked' : 'desk.declared', { verdict: say(`verdict.${verdict}`) }), verdict !== 'clear');
      if (!asks) map.draft(null);
    });
  });

  document.addEventListener('keydown', (event) => {
    const at = event.target;
    if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const row = rows[chosen];
    if (event.code === 'KeyJ' || event.code === 'ArrowDown') chosen = Math.min(rows.length - 1, chosen + 1);
    else if (event.code === 'KeyK' || event.code === 'ArrowUp') chosen = Math.max(0, chosen - 1);
    else if (event.code === 'KeyA' && row?.alert && !row.alert.acknowledgedAt) void acknowledge(row);
    else if (event.code === 'KeyN') (form.elements.namedItem('place') as HTMLElement | null)?.focus();
    else return;
    event.preventDefault();
    draw();
  });

  const later = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16);
  (form.elements.namedItem('start') as HTMLInputElement).value = later(60);
  (form.elements.namedItem('end') as HTMLInputElement).value = later(120);

  if (mode === 'private') setInterval(() => void load().catch(() => {}), 1_000);
  else {
    const events = new EventSource('/flight/v1/events');
    events.addEventListener('heartbeat', (event) => {
      footing(JSON.parse((event as MessageEvent<string>).data) as Record<string, unknown>);
      draw();
    });
    events.addEventListener('alert', () => {
      // What the form was answered is no longer the whole truth: the list is.
      told('');
      void load().catch(() => {});
    });
  }
  setInterval(draw, 1_000);
  void load().catch(() => draw());
}
