/** The flight desk's pages, made on the server in three languages: the door (a token) and the desk itself. */
import { directionOf, isLang, LANGS, type Lang } from '../../core/index.ts';
import type { RuleSet } from '../rules/model.ts';
import { allMessages, messageOf } from '../texts.ts';
import { deskClient } from './client.ts';
import { deskMap } from './map.ts';
import { DESK_STYLE } from './style.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string): string => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);

/** The language of a request: `?lang=`, else Arabic. */
export const langOf = (query: unknown): Lang => {
  const asked = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  return isLang(asked) ? asked : 'ar';
};

function frame(lang: Lang, nonce: string, title: string, body: string, script = ''): string {
  const links = LANGS.map(
    (other) =>
      `<a href="?lang=${other}" lang="${other}" hreflang="${other}"${other === lang ? ' aria-current="true"' : ''}>${{ ar: 'العربية', en: 'English', ru: 'Русский' }[other]}</a>`,
  ).join(' ');
  return `<!doctype html>
<html lang="${lang}" dir="${directionOf(lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${safe(title)}</title><style nonce="${nonce}">${DESK_STYLE}</style></head>
<body>${body}<nav class="langs">${links}</nav>${script}</body></html>`;
}

/** The door: asks for the desk's token. */
export function doorPage(lang: Lang, nonce: string, wrong: boolean): string {
  const t = (key: string): string => safe(messageOf(lang, `airspace.${key}`));
  return frame(
    lang,
    nonce,
    messageOf(lang, 'airspace.desk.title'),
    `<main class="door"><h1>${t('desk.title')}</h1>${wrong ? `<p class="bad" role="alert">${t('desk.wrongToken')}</p>` : ''}
<form method="post" action="/desk/flight/session?lang=${lang}"><label>${t('desk.token')}<input name="token" type="password" autocomplete="off" required autofocus dir="ltr"></label><button>${t('desk.enter')}</button></form></main>`,
  );
}

/** The desk of a party. Everything live is drawn by the client; the page itself begins stale. */
export function deskPage(lang: Lang, nonce: string, party: string, rules: RuleSet, mode: 'blind' | 'private'): string {
  const t = (key: string, values = {}): string => safe(messageOf(lang, `airspace.${key}`, values));
  const option = (name: string): string => `<option value="${name}">${t(`class.${name}`)}</option>`;
  const tool = (name: string): string =>
    `<button type="button" class="plain" data-tool="${name}" aria-pressed="false">${t(`desk.tool.${name}`)}</button>`;
  const act = (name: string): string =>
    `<button type="button" class="plain" data-act="${name}">${t(`desk.tool.${name}`)}</button>`;
  const ask = mode === 'blind' ? `<button value="what-if" class="plain">${t('desk.whatIf')}</button>` : '';
  const body = `<header><h1>${t('desk.title')} · <bdi>${safe(party)}</bdi></h1>
<p id="good"></p><p id="budget"></p><form method="post" action="/desk/flight/leave?lang=${lang}"><button class="plain">${t('desk.leave')}</button></form></header>
${mode === 'private' ? `<p class="example" role="note">${t('desk.private')}</p>` : ''}
${rules.example ? `<p class="example" role="note">${t('desk.example')}</p>` : ''}
<div id="stale" role="alert"><strong>${t('desk.stale')}</strong><span>${t('desk.staleWhat')}</span></div>
<main><section class="own" aria-label="${t('desk.own')}"><h2>${t('desk.own')}</h2><p id="none" hidden>${t('desk.none')}</p><ol id="list"></ol></section>
<section class="sight"><h2>${t('desk.map')}</h2>
<div id="tools" class="tools" role="toolbar" aria-label="${t('desk.tools')}">${['move', 'circle', 'polygon'].map(tool).join('')}${['close', 'undo', 'clear', 'in', 'out', 'whole'].map(act).join('')}</div>
<svg id="map" viewBox="0 0 640 460" tabindex="0" role="application" aria-label="${t('desk.map')}" aria-describedby="maphelp"></svg>
<p id="readout" class="readout"></p><p id="maphelp" class="keys">${t('desk.mapHelp')}</p>
<h2>${t('desk.strip')}</h2><svg id="strip" viewBox="0 0 640 180" role="img" aria-label="${t('desk.strip')}"></svg></section>
<section class="entry"><h2>${t('desk.new')}</h2><form id="new">
<label>${t('desk.class')}<select name="class">${['manned', 'unmanned', 'tanker_track'].map(option).join('')}</select></label>
<label class="wide">${t('desk.place')}<textarea name="place" rows="4" dir="ltr" required placeholder="36.2021, 37.1343&#10;36°12'07&quot;N 37°08'03&quot;E&#10;37S CA 32269 07977"></textarea></label>
<label>${t('desk.radius')}<input name="radius" type="number" min="0.1" step="0.1" value="10" required dir="ltr"></label>
<label>${t('desk.low')}<input name="low" type="number" value="3000" required dir="ltr"></label>
<label>${t('desk.high')}<input name="high" type="number" value="4000" required dir="ltr"></label>
<label>${t('desk.start')}<input name="start" type="datetime-local" required dir="ltr"></label>
<label>${t('desk.end')}<input name="end" type="datetime-local" required dir="ltr"></label>
<div class="buttons"><button value="declare">${t('desk.declare')}</button>${ask}</div>
<p id="message" role="status"></p></form><p class="keys">${t('desk.keys')}</p></section></main>`;
  // The client is one function without imports; compilers may have put calls of a naming helper into it.
  const texts = JSON.stringify(allMessages(lang)).replaceAll('<', '\\u003c');
  const script = `<script nonce="${nonce}">const __name = (f) => f;\n(${deskClient.toString()})(${texts}, ${JSON.stringify(lang)}, '${mode}', ${deskMap.toString()});</script>`;
  return frame(lang, nonce, messageOf(lang, 'airspace.desk.title'), body, script);
}
