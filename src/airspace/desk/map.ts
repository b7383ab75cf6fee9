/**
 * The desk's map: outlines, own volumes, and a drawing that pointer, keys and text entry share. One function without
 * imports, because its own text is what the page carries. A picture only: nothing is decided on it.
 */

export interface MapPoint {
  readonly lat: number;
  readonly lon: number;
}
export interface MapOutline {
  readonly circle?: MapPoint & { readonly radiusMetres: number };
  readonly polygon?: readonly MapPoint[];
}
export interface MapMark {
  readonly outline: MapOutline;
  readonly look: string;
}
export interface DeskMap {
  /** Own volumes and keep-clear ones, drawn over the outlines. */
  show(marks: readonly MapMark[]): void;
  /** What the form holds now, as a drawing; null for nothing yet. */
  draft(outline: MapOutline | null): void;
  background(lines: { readonly kind: string; readonly rings: readonly (readonly (readonly number[])[])[] }[]): void;
}
export interface MapHost {
  readonly svg: SVGSVGElement;
  readonly tools: HTMLElement;
  readonly readout: HTMLElement;
  readonly say: (key: string, values?: Record<string, string | number>) => string;
  /** A drawing is finished or changed: the form takes it. */
  readonly onDraw: (outline: MapOutline) => void;
}

export function deskMap({ svg, tools, readout, say, onDraw }: MapHost): DeskMap {
  const WIDTH = 640;
  const HEIGHT = 460;
  const RADIANS = Math.PI / 180;
  const EARTH = 6_371_008.8;
  const NS = 'http://www.w3.org/2000/svg';
  /** Degrees of latitude the picture is high. */
  let view = { lat: 35, lon: 38.8, span: 6 };
  let framed = false;
  let tool = 'move';
  let cursor: MapPoint = { lat: 35, lon: 38.8 };
  let corners: MapPoint[] = [];
  let closed = false;
  let centre: MapPoint | null = null;
  let radius = 0;
  let sizing = false;
  let grabbed: { kind: 'view' | 'corner' | 'centre'; index: number; x: number; y: number } | null = null;
  let marks: readonly MapMark[] = [];
  let lines: { readonly kind: string; readonly rings: readonly (readonly (readonly number[])[])[] }[] = [];

  const draw = (name: string, attributes: Record<string, string | number>, into: Element): SVGElement => {
    const element = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    into.append(element);
    return element;
  };
  const layer = (name: string): SVGElement => draw('g', { class: name }, svg);
  const [ground, held, sketch] = [layer('ground'), layer('held'), layer('sketch')];

  const scale = (): number => HEIGHT / view.span;
  const squeeze = (): number => Math.max(0.05, Math.cos(view.lat * RADIANS));
  const wrap = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180;
  const xOf = (lon: number): number => WIDTH / 2 + wrap(lon - view.lon) * squeeze() * scale();
  const yOf = (lat: number): number => HEIGHT / 2 - (lat - view.lat) * scale();
  const pointAt = (x: number, y: number): MapPoint => ({
    lat: Math.max(-90, Math.min(90, view.lat - (y - HEIGHT / 2) / scale())),
    lon: wrap(view.lon + (x - WIDTH / 2) / (squeeze() * scale())),
  });
  const metres = (a: MapPoint, b: MapPoint): number => {
    const up = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
    const along = Math.sin(((b.lon - a.lon) * RADIANS) / 2);
    return (
      2 *
      EARTH *
      Math.asin(Math.min(1, Math.sqrt(up * up + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * along * along)))
    );
  };
  const rim = (at: MapPoint, r: number): MapPoint[] =>
    Array.from({ length: 72 }, (_, i) => {
      const turn = (i / 72) * 2 * Math.PI;
      const [s, c] = [Math.sin(r / EARTH), Math.cos(r / EARTH)];
      const [sl, cl] = [Math.sin(at.lat * RADIANS), Math.cos(at.lat * RADIANS)];
      const sin = sl * c + cl * s * Math.cos(turn);
      const east = Math.atan2(Math.sin(turn) * s * cl, c - sl * sin);
      return { lat: Math.asin(sin) / RADIANS, lon: at.lon + east / RADIANS };
    });
  const path = (points: readonly MapPoint[], shut: boolean): string =>
    points
      .map((point, i) => `${i === 0 ? 'M' : 'L'}${xOf(point.lon).toFixed(1)} ${yOf(point.lat).toFixed(1)}`)
      .join('') + (shut ? 'Z' : '');
  const pointsOf = ({ circle, polygon }: MapOutline): readonly MapPoint[] =>
    circle ? rim(circle, circle.radiusMetres) : (polygon ?? []);

  const drawGround = (): void => {
    ground.replaceChildren();
    draw('rect', { x: 0, y: 0, width: WIDTH, height: HEIGHT, class: 'sea' }, ground);
    for (const { kind, rings } of lines) {
      const text = rings
        .map((ring) =>
          path(
            ring.map(([lon = 0, lat = 0]) => ({ lat, lon })),
            true,
          ),
        )
        .join('');
      draw('path', { d: text, class: kind }, ground);
    }
    const step = view.span > 12 ? 5 : view.span > 3 ? 1 : view.span > 0.8 ? 0.25 : 0.05;
    const digits = step < 1 ? 2 : 0;
    const [top, bottom] = [pointAt(0, 0), pointAt(WIDTH, HEIGHT)];
    for (let lat = Math.ceil(bottom.lat / step) * step; lat <= top.lat; lat += step) {
      draw('line', { x1: 0, x2: WIDTH, y1: yOf(lat), y2: yOf(lat), class: 'grid' }, ground);
      if (yOf(lat) < HEIGHT - 24) {
        draw('text', { x: 4, y: yOf(lat) - 3, class: 'label' }, ground).textContent = `${lat.toFixed(digits)}°`;
      }
    }
    const wide = WIDTH / (squeeze() * scale());
    for (let lon = Math.ceil((view.lon - wide / 2) / step) * step; lon <= view.lon + wide / 2; lon += step) {
      draw('line', { x1: xOf(lon), x2: xOf(lon), y1: 0, y2: HEIGHT, class: 'grid' }, ground);
      draw('text', { x: xOf(lon) + 3, y: HEIGHT - 6, class: 'label' }, ground).textContent =
        `${wrap(lon).toFixed(digits)}°`;
    }
  };
  const drawHeld = (): void => {
    held.replaceChildren();
    for (const { outline, look } of marks) draw('path', { d: path(pointsOf(outline), true), class: look }, held);
  };
  const outlineNow = (): MapOutline | null =>
    centre && radius > 0
      ? { circle: { ...centre, radiusMetres: radius } }
      : corners.length > 2 && closed
        ? { polygon: corners }
        : null;
  const drawSketch = (): void => {
    sketch.replaceChildren();
    const open = [...corners, ...(tool === 'polygon' && !closed && corners.length > 0 ? [cursor] : [])];
    if (corners.length > 0) draw('path', { d: path(open, closed), class: 'draft' }, sketch);
    for (const [i, corner] of corners.entries()) {
      draw('circle', { cx: xOf(corner.lon), cy: yOf(corner.lat), r: 6, class: 'handle', 'data-corner': i }, sketch);
    }
    if (centre) {
      draw('path', { d: path(rim(centre, radius), true), class: 'draft' }, sketch);
      draw('circle', { cx: xOf(centre.lon), cy: yOf(centre.lat), r: 6, class: 'handle', 'data-centre': 1 }, sketch);
    }
    if (tool === 'move') return;
    const [x, y] = [xOf(cursor.lon), yOf(cursor.lat)];
    draw('path', { d: `M${x - 12} ${y}H${x + 12}M${x} ${y - 12}V${y + 12}`, class: 'cross' }, sketch);
  };
  const tell = (): void => {
    const place = `${cursor.lat.toFixed(4)}, ${cursor.lon.toFixed(4)}`;
    const size = centre && radius > 0 ? say('desk.mapRadius', { km: (radius / 1000).toFixed(2) }) : '';
    const count = corners.length > 0 ? say('desk.mapCorners', { count: corners.length }) : '';
    readout.textContent = [`\u2066${place}\u2069`, size, count].filter((text) => text !== '').join(' · ');
  };
  const redraw = (): void => {
    drawGround();
    drawHeld();
    drawSketch();
    tell();
  };
  const rounded = (outline: MapOutline): MapOutline => {
    const digits = (degrees: number): number => Number(degrees.toFixed(6));
    const at = (point: MapPoint): MapPoint => ({ lat: digits(point.lat), lon: digits(point.lon) });
    return outline.circle
      ? { circle: { ...at(outline.circle), radiusMetres: Math.round(outline.circle.radiusMetres) } }
      : { polygon: (outline.polygon ?? []).map(at) };
  };
  const finished = (): void => {
    const outline = outlineNow();
    if (outline) onDraw(rounded(outline));
    redraw();
  };
  const forget = (): void => {
    corners = [];
    closed = false;
    centre = null;
    radius = 0;
    sizing = false;
  };

  /** A centre, then a rim; or a corner, and the first one again to close. */
  const place = (): void => {
    if (tool === 'circle') {
      if (!sizing) {
        forget();
        centre = cursor;
        sizing = true;
      } else {
        sizing = false;
        if (radius > 0) finished();
      }
    } else if (tool === 'polygon') {
      if (closed || centre) forget();
      const [first] = corners;
      const near = first && Math.hypot(xOf(first.lon) - xOf(cursor.lon), yOf(first.lat) - yOf(cursor.lat)) < 12;
      if (near && corners.length > 2) {
        closed = true;
        finished();
      } else corners = [...corners, cursor];
    }
    redraw();
  };
  const close = (): void => {
    if (corners.length > 2 && !closed) {
      closed = true;
      finished();
    }
  };
  const undo = (): void => {
    if (closed) closed = false;
    else if (corners.length > 0) corners = corners.slice(0, -1);
    else forget();
    redraw();
  };
  const moveTo = (point: MapPoint): void => {
    cursor = point;
    if (sizing && centre) radius = metres(centre, cursor);
    drawSketch();
    tell();
  };
  const zoom = (by: number, about: MapPoint = cursor): void => {
    const span = Math.max(0.02, Math.min(60, view.span * by));
    const kept = span / view.span;
    view = {
      lat: Math.max(-85, Math.min(85, about.lat + (view.lat - about.lat) * kept)),
      lon: wrap(about.lon + wrap(view.lon - about.lon) * kept),
      span,
    };
    redraw();
  };
  /** Everything drawn in one picture; the country where there is nothing. */
  const frame = (): void => {
    const drawing = outlineNow();
    const own = marks.filter(({ look }) => look.startsWith('volume')).map(({ outline }) => outline);
    const all = [...own, ...(drawing ? [drawing] : [])].flatMap(pointsOf);
    if (all.length === 0) view = { lat: 35, lon: 38.8, span: 6 };
    else {
      const [south, north] = [Math.min(...all.map((p) => p.lat)), Math.max(...all.map((p) => p.lat))];
      const lons = all.map((p) => wrap(p.lon - (all[0]?.lon ?? 0)));
      const [west, east] = [Math.min(...lons), Math.max(...lons)];
      const lat = (south + north) / 2;
      const wide = ((east - west) * Math.cos(lat * RADIANS) * HEIGHT) / WIDTH;
      view = {
        lat: Math.max(-85, Math.min(85, lat)),
        lon: wrap((all[0]?.lon ?? 0) + (west + east) / 2),
        span: Math.max(1, Math.min(60, 1.5 * Math.max(north - south, wide))),
      };
    }
    cursor = { lat: view.lat, lon: view.lon };
    redraw();
  };
  const choose = (name: string): void => {
    tool = name;
    sizing = false;
    for (const button of tools.querySelectorAll('[data-tool]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-tool') === name));
    }
    svg.classList.toggle('drawing', name !== 'move');
    redraw();
  };
  const acts: Record<string, () => void> = {
    close,
    undo,
    clear: () => {
      forget();
      redraw();
    },
    in: () => zoom(0.6),
    out: () => zoom(1 / 0.6),
    whole: frame,
  };

  const at = (event: PointerEvent | WheelEvent): [number, number] => {
    const box = svg.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
  };
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const [x, y] = at(event);
    const target = event.target as Element;
    const corner = target.getAttribute('data-corner');
    svg.setPointerCapture(event.pointerId);
    const first = corner === '0' && !closed && corners.length > 2;
    if (corner !== null && !first) grabbed = { kind: 'corner', index: Number(corner), x, y };
    else if (target.hasAttribute('data-centre') && !sizing) grabbed = { kind: 'centre', index: 0, x, y };
    else if (tool === 'move') grabbed = { kind: 'view', index: 0, x, y };
    else {
      moveTo(pointAt(x, y));
      place();
    }
  });
  svg.addEventListener('pointermove', (event) => {
    const [x, y] = at(event);
    if (!grabbed) {
      if (tool !== 'move') moveTo(pointAt(x, y));
      return;
    }
    if (grabbed.kind === 'view') {
      const [from, to] = [pointAt(grabbed.x, grabbed.y), pointAt(x, y)];
      view = {
        ...view,
        lat: Math.max(-85, Math.min(85, view.lat + from.lat - to.lat)),
        lon: wrap(view.lon + from.lon - to.lon),
      };
      grabbed = { ...grabbed, x, y };
    } else if (grabbed.kind === 'centre') centre = pointAt(x, y);
    else corners = corners.map((corner, i) => (i === grabbed?.index ? pointAt(x, y) : corner));
    redraw();
  });
  svg.addEventListener('pointerup', (event) => {
    const [x, y] = at(event);
    const dragged = sizing && centre && Math.hypot(xOf(centre.lon) - x, yOf(centre.lat) - y) > 8;
    if (dragged) {
      moveTo(pointAt(x, y));
      place();
    } else if (grabbed && grabbed.kind !== 'view') finished();
    grabbed = null;
  });
  svg.addEventListener('dblclick', close);
  svg.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && document.activeElement !== svg) return;
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, pointAt(...at(event)));
    },
    { passive: false },
  );
  svg.addEventListener('keydown', (event) => {
    const step = (view.span / 46) * (event.shiftKey ? 5 : 1);
    const ways: Record<string, [number, number]> = {
      ArrowUp: [step, 0],
      ArrowDown: [-step, 0],
      ArrowLeft: [0, -step / squeeze()],
      ArrowRight: [0, step / squeeze()],
    };
    const way = ways[event.key];
    if (way && tool === 'move') {
      view = { ...view, lat: Math.max(-85, Math.min(85, view.lat + way[0])), lon: wrap(view.lon + way[1]) };
      cursor = { lat: view.lat, lon: view.lon };
      redraw();
    } else if (way) moveTo({ lat: Math.max(-90, Math.min(90, cursor.lat + way[0])), lon: wrap(cursor.lon + way[1]) });
    else if (event.key === 'Enter' || event.key === ' ') place();
    else if (event.key === 'Backspace') undo();
    else if (event.key === 'Escape') acts.clear?.();
    else if (event.code === 'KeyC') tool === 'polygon' && corners.length > 2 ? close() : choose('circle');
    else if (event.code === 'KeyP') choose('polygon');
    else if (event.code === 'KeyM') choose('move');
    else if (event.key === '+' || event.key === '=') zoom(0.6);
    else if (event.key === '-') zoom(1 / 0.6);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  tools.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button');
    const name = button?.getAttribute('data-tool');
    if (name) choose(name);
    acts[button?.getAttribute('data-act') ?? '']?.();
    if (name) svg.focus();
  });

  choose('move');
  return {
    show(next) {
      marks = next;
      if (!framed && next.some(({ look }) => look.startsWith('volume'))) {
        framed = true;
        frame();
      } else drawHeld();
    },
    draft(outline) {
      forget();
      centre = outline?.circle ? { lat: outline.circle.lat, lon: outline.circle.lon } : null;
      radius = outline?.circle?.radiusMetres ?? 0;
      corners = [...(outline?.polygon ?? [])];
      closed = corners.length > 2;
      drawSketch();
      tell();
    },
    background(next) {
      lines = next;
      redraw();
    },
  };
}
