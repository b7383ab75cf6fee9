/** The bulletin as an HTML page: no script, no outside host, prints on paper. The order of its blocks is the list BLOCKS. */
import { readFileSync } from 'node:fs';
import { type Count, directionOf, isUnknownCount, LANGS } from '../core/index.ts';
import { actorById, type Instrument } from '../terms/index.ts';
import type { IncidentAct } from './acts.ts';
import type { Bulletin, BulletinCount, BulletinIncident } from './bulletin.ts';
import { bdi, Html, html } from './html.ts';
import { dayInWords, instantInWords, type Translate } from './messages.ts';
import { SEALED_PREFIX } from './veil.ts';

interface Page {
  readonly bulletin: Bulletin;
  readonly instrument: Instrument;
  readonly t: Translate;
}

/** The blocks of a bulletin, in their order on the page. */
const BLOCKS: readonly ((page: Page) => Html | null)[] = [
  head,
  draftNotice,
  releaseNotice,
  errata,
  summary,
  counts,
  incidentList,
  contestedList,
  outsideList,
  sources,
  method,
];

const LANGUAGE_NAMES = { ar: 'العربية', en: 'English', ru: 'Русский' } as const;
const style = readFileSync(new URL('./bulletin.css', import.meta.url), 'utf8');

/** Renders a bulletin as a complete page. `nonce` is that of the Content-Security-Policy, if one is sent. */
export function bulletinPage(bulletin: Bulletin, instrument: Instrument, t: Translate, nonce?: string): string {
  const page: Page = { bulletin, instrument, t };
  const title = t('bulletin.title', { day: dayInWords(bulletin.day, bulletin.lang) });
  return html`<!doctype html>
<html lang="${bulletin.lang}" dir="${directionOf(bulletin.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<title>${title} · ${t('app.name')}</title>
<style${nonce ? html` nonce="${nonce}"` : null}>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#incidents">${t('bulletin.skip')}</a>
<nav class="top" aria-label="${t('bulletin.nav')}">
<a href="/?day=${bulletin.day}&lang=${bulletin.lang}">${t('bulletin.back')}</a>
<span class="langs">${LANGS.map((lang) => html`<a href="?lang=${lang}${bulletin.release ? `&release=${bulletin.release.number}` : ''}" lang="${lang}" hreflang="${lang}"${lang === bulletin.lang ? html` aria-current="true"` : null}>${LANGUAGE_NAMES[lang]}</a> `)}</span>
</nav>
<main>${BLOCKS.map((block) => block(page))}</main>
</body>
</html>
`.text;
}

function head({ bulletin, t }: Page): Html {
  return html`<header>
<p class="instrument">${bulletin.instrument.name}</p>
<h1>${t('bulletin.title', { day: dayInWords(bulletin.day, bulletin.lang) })}</h1>
<p class="asof">${t('bulletin.asOf', { at: instantInWords(bulletin.asOf, bulletin.timeZone, bulletin.lang) })} · ${t('bulletin.zone', { zone: bulletin.timeZone })}</p>
</header>`;
}

function draftNotice({ bulletin, t }: Page): Html | null {
  return bulletin.release === null
    ? html`<p class="draft" role="note"><strong>${t('bulletin.draft')}</strong> ${t('bulletin.draft.meaning')}</p>`
    : null;
}

function releaseNotice({ bulletin, instrument, t }: Page): Html | null {
  const { release, approved } = bulletin;
  if (release === null || approved === null) return null;
  const at = instantInWords(release.at, bulletin.timeZone, bulletin.lang);
  const silent = approved.silent.map(
    (chair) => actorById(instrument, chair.replace('chair:', ''))?.name[bulletin.lang] ?? chair,
  );
  return html`<p class="released" role="note"><strong>${t('bulletin.released', { number: release.number, at })}</strong> ${t('bulletin.approved')} ${approved.by.map((one, i) => html`${i > 0 ? t('list.comma') : ''}${bdi(one.organisation)}`)}.${silent.length > 0 ? html` ${t('bulletin.silentChair')} ${silent.join(t('list.comma'))}.` : null} <small>SHA-256 <code dir="ltr">${approved.sha256}</code></small></p>
${proof(bulletin, release.number, t)}`;
}

/** The checkpoint of the log that holds this release, to compare and keep, and where the file with the proof is. */
function proof({ day, lang, record }: Bulletin, number: number, t: Translate): Html {
  if (record === null) return html`<p class="note">${t('bulletin.proof.later')}</p>`;
  // A tlog-proof ends with the checkpoint, behind an empty line.
  const checkpoint = record.proof.slice(record.proof.indexOf('\n\n') + 2).trim();
  const file = `/api/bulletins/${day}?lang=${lang}&release=${number}`;
  return html`<details class="proof"><summary>${t('bulletin.proof')}</summary>
<p>${t('bulletin.proof.meaning')} <a href="${file}" download="bulletin-${day}-${lang}.json">${t('bulletin.proof.file')}</a></p>
<pre dir="ltr" lang="en">${checkpoint}</pre></details>`;
}

/** Each incident that changed once, whatever of it changed; the JSON says what. */
function errata({ bulletin, t }: Page): Html | null {
  if (bulletin.errata.length === 0) return null;
  const lines = [...new Map(bulletin.errata.map((one) => [one.incident, one])).values()];
  const named = (id: string): Html | string => {
    const found = bulletin.incidents.find((incident) => incident.id === id);
    return found ? html`${t(`code.type.${found.type}`)}: ${bdi(found.place.name)}` : bdi(id);
  };
  return html`<section><h2>${t('bulletin.errata')}</h2><p>${t('bulletin.errata.meaning')}</p>
<ul>${lines.map(({ incident, change }) => html`<li>${incident === null ? t('bulletin.errata.figures') : html`${t(`bulletin.erratum.${change}`)}: ${named(incident)}`}</li>`)}</ul></section>`;
}

function summary({ bulletin, t }: Page): Html {
  const { incidents, reports, sourcesHeard } = bulletin;
  return html`<section class="figures" aria-label="${t('bulletin.summary')}">
<p><b>${incidents.length}</b> ${t('bulletin.incidents', { count: incidents.length })} <small>${t('bulletin.before', { count: bulletin.incidentsBefore })}</small></p>
<p><b>${reports}</b> ${t('bulletin.reports', { count: reports })} <small>${t('bulletin.before', { count: bulletin.reportsBefore })}</small></p>
<p><b>${sourcesHeard.length}</b> ${t('bulletin.sources', { count: sourcesHeard.length })}</p>
</section>
${bulletin.zero ? html`<p class="zero">${bulletin.zero}</p>` : null}`;
}

function counts({ bulletin, t }: Page): Html | null {
  if (bulletin.incidents.length + bulletin.incidentsBefore === 0) return null;
  return html`<div class="tables">
${table(t('bulletin.byArea'), bulletin.byArea, t)}${table(t('bulletin.byType'), bulletin.byType, t)}${table(t('bulletin.byParty'), bulletin.byParty, t)}
</div><p class="note">${t('bulletin.byParty.note')}</p>`;
}

function table(caption: string, rows: readonly BulletinCount[], t: Translate): Html {
  return html`<table><caption>${caption}</caption>
<thead><tr><td></td><th scope="col">${t('bulletin.column.today')}</th><th scope="col">${t('bulletin.column.before')}</th></tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row">${row.name}</th><td>${row.today}</td><td>${row.before}</td></tr>`)}</tbody></table>`;
}

function incidentList(page: Page): Html {
  const { bulletin, t } = page;
  return html`<section id="incidents"><h2>${t('bulletin.list')}</h2>
<ol class="incidents">${bulletin.incidents.map((incident) => incidentLine(page, incident))}</ol></section>`;
}

function incidentLine(page: Page, incident: BulletinIncident): Html {
  const { bulletin, instrument, t } = page;
  const parties = incident.allegedParties.map((id) => actorById(instrument, id)?.name[bulletin.lang] ?? id);
  return html`<li class="${incident.status}">
<h3><a href="/incidents/${encodeURIComponent(incident.id)}?lang=${bulletin.lang}">${t(`code.type.${incident.type}`)}: ${bdi(incident.place.name)}</a></h3>
<dl>
<div><dt>${t('bulletin.killed')}</dt><dd>${toll(incident.killed, t)}</dd></div>
<div><dt>${t('bulletin.injured')}</dt><dd>${toll(incident.injured, t)}</dd></div>
<div><dt>${t('bulletin.alleged')}</dt><dd>${parties.length > 0 ? parties.join(t('list.comma')) : t('bulletin.party.unknown')}${incident.contested ? html` <em>${t('bulletin.contested')}</em>` : null}</dd></div>
<div><dt>${t('bulletin.origins')}</dt><dd>${t('bulletin.origins.value', { origins: incident.origins, reports: incident.reports.length })}</dd></div>
<div><dt>${t('bulletin.inTerms')}</dt><dd>${t(`inTerms.${incident.inTerms.value}`)}: ${incident.inTerms.reason}${incident.inTerms.by.length > 0 && incident.inTerms.by[0] !== 'terms' ? html` <small>${t('bulletin.says')} ${incident.inTerms.by.map((name, i) => html`${i > 0 ? t('list.comma') : ''}${voice(name, t)}`)}</small>` : null}</dd></div>
${(incident.acts ?? []).map((act) => actLine(page, act))}
</dl></li>`;
}

/** What two organisations decided, why, and who says so. */
function actLine({ bulletin, instrument, t }: Page, { act, party, reason, by }: IncidentAct): Html {
  const name = party === null ? '' : (actorById(instrument, party)?.name[bulletin.lang] ?? party);
  return html`<div class="act"><dt>${t(`bulletin.act.${act}`, { party: name })}</dt><dd>${bdi(reason)} <small>${t('bulletin.says')} ${by.map((one, i) => html`${i > 0 ? t('list.comma') : ''}${bdi(one)}`)}</small></dd></div>`;
}

/** A source by its name, or by a number where it is heard through sealed reports only. */
const voice = (name: string, t: Translate): Html =>
  name.startsWith(SEALED_PREFIX) ? html`${t('voice.sealed', { n: name.slice(SEALED_PREFIX.length) })}` : bdi(name);

/** A toll in words: a range, or what each origin says when they differ; never an average. */
function toll(count: Count & { readonly byOrigin: readonly unknown[] }, t: Translate): string {
  if (isUnknownCount(count)) return t('toll.unknown');
  if (count.high === null) return t('toll.atLeast', { low: count.low ?? 0 });
  if (count.low === null) return t('toll.atMost', { high: count.high });
  return count.low === count.high ? String(count.low) : t('toll.range', { low: count.low, high: count.high });
}

function contestedList({ bulletin, t }: Page): Html | null {
  return idList(bulletin, bulletin.contested, t('bulletin.contested.title'), t('bulletin.contested.meaning'), t);
}

function outsideList({ bulletin, t }: Page): Html | null {
  return idList(
    bulletin,
    bulletin.outsideTerms,
    t('bulletin.outside.title'),
    `${t('bulletin.outside.meaning')} ${bulletin.protection}`,
    t,
  );
}

function idList(bulletin: Bulletin, ids: readonly string[], title: string, meaning: string, t: Translate): Html | null {
  if (ids.length === 0) return null;
  const found = bulletin.incidents.filter(({ id }) => ids.includes(id));
  return html`<section><h2>${title}</h2><p>${meaning}</p>
<ul>${found.map((incident) => html`<li><a href="/incidents/${encodeURIComponent(incident.id)}?lang=${bulletin.lang}">${t(`code.type.${incident.type}`)}: ${bdi(incident.place.name)}</a></li>`)}</ul></section>`;
}

function sources({ bulletin, t }: Page): Html {
  return html`<section><h2>${t('bulletin.heard')}</h2>
<p class="names">${bulletin.sourcesHeard.length === 0 ? t('bulletin.heard.none') : bulletin.sourcesHeard.map((source, i) => html`${i > 0 ? t('list.comma') : ''}${voice(source.name, t)} (${source.reports})`)}</p>
${bulletin.sourcesSilent.length > 0 ? html`<h3>${t('bulletin.silent')}</h3><p class="names">${bulletin.sourcesSilent.map((source, i) => html`${i > 0 ? t('list.comma') : ''}${bdi(source.name)}`)}</p>` : null}</section>`;
}

function method({ t }: Page): Html {
  return html`<footer><p>${t('bulletin.method')}</p></footer>`;
}
