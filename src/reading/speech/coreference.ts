/**
 * Whom a short form means: a dropped subject, a pronoun, "the official", "المتحدث". The last compatible speaker, by
 * gender and number; a definite role first looks for one with the same office or the same state. Never invents a name.
 */
import type { Entity, Party } from '../actors/parties.ts';
import type { Span } from '../model.ts';
import type { Frame } from './frame.ts';

export interface SpokenBy {
  readonly entity: Entity;
  readonly span: Span | null;
}

/** Parties looked back at. */
const MOST_REMEMBERED = 200;
const MOST_SPEAKERS = 1000;

export class History {
  readonly spoke: SpokenBy[] = [];

  /** The speaker of a frame; undefined when nobody fits. Remembers it. */
  speakerOf(frame: Frame, parties: readonly Party[], inPassing = false): SpokenBy | undefined {
    const found = this.resolve(frame, parties);
    if (found && !inPassing) this.spoke.push(found);
    return found;
  }

  private resolve(frame: Frame, parties: readonly Party[]): SpokenBy | undefined {
    const { party } = frame;
    if (party && party.entity.kind !== 'pronoun') {
      const meant = party.anaphor ? this.antecedent(party, parties) : undefined;
      if (meant) return { entity: meant, span: party.span };
      return { entity: party.entity, span: party.span };
    }
    if (party) {
      // «…премьера Пашиняна; тот отвергает»: whoever was named last, not who spoke last.
      const near = /^(тот|та)$/.test(party.entity.head ?? '')
        ? lastPerson(parties, party.from, party.entity.woman)
        : undefined;
      if (near) return near;
      const last = this.lastFitting(party.entity.woman, party.entity.plural, party.entity.head === 'it');
      // Of most names in Latin letters nobody knows whether they are a woman's.
      const named =
        last ??
        lastPerson(parties, party.from, party.entity.woman) ??
        this.latest(({ entity }) => entity.kind === 'person');
      return named ? { entity: named.entity, span: named.span } : undefined;
    }
    const agrees = frame.hit?.cue.agrees ?? null;
    const last = this.lastFitting(agrees === 'f' ? true : agrees === 'm' ? false : null, agrees === 'p', null);
    return last ?? this.spoke.at(-1) ?? lastNamed(parties, frame.cue.from);
  }

  /** The latest speakers first; persons of the other gender are passed over. */
  private lastFitting(woman: boolean | null, plural: boolean, thing: boolean | null): SpokenBy | undefined {
    for (let i = this.spoke.length - 1; i >= Math.max(0, this.spoke.length - 6); i--) {
      const spoken = this.spoke[i];
      if (!spoken) continue;
      const { entity } = spoken;
      if (thing === true && entity.kind !== 'body') continue;
      if (thing === false && !plural && entity.kind === 'body') continue;
      if (woman !== null && !plural && entity.woman !== woman && thing !== true) continue;
      if (plural && entity.kind === 'person') continue;
      return spoken;
    }
    return undefined;
  }

  private antecedent(party: Party, parties: readonly Party[]): Entity | undefined {
    const { head, belongs } = party.entity;
    const before = partiesBefore(parties, party.from).filter((other) => !other.anaphor);
    const named = (entity: Entity): boolean => entity.kind === 'person' && entity.name !== null;
    const sameOffice = before.filter(({ entity }) => named(entity) && head !== null && officeHas(entity, head));
    // Of two ministers "the Russian minister" is the Russian one.
    const byOffice =
      last(sameOffice, ({ entity }) => belongs === null || entity.belongs === null || entity.belongs === belongs) ??
      (belongs === null ? last(sameOffice, () => true) : undefined);
    if (byOffice) return byOffice.entity;
    if (BODY_HEADS.test(head ?? '')) {
      return last(before, ({ entity }) => entity.kind === 'body' && bodyHas(entity, head ?? ''))?.entity;
    }
    if (!PERSON_HEADS.test(head ?? '') && head !== null) return undefined;
    if (belongs !== null) {
      const same = this.latest(
        ({ entity }) => named(entity) && (entity.belongs === belongs || entity.actor === belongs),
      );
      if (same) return same.entity;
      const mapped = this.latest(
        ({ entity }) => named(entity) && party.entity.actor !== null && entity.actor === party.entity.actor,
      );
      return mapped?.entity;
    }
    // "The envoy" is nobody whose other office is known; "the official" may be anybody's.
    const anybody = head === null || ANYBODY.test(head);
    const spoken = this.latest(
      ({ entity }) =>
        entity.kind === 'person' &&
        (anybody || entity.office === null) &&
        (entity.woman === party.entity.woman || !party.entity.woman),
    );
    return this.sameRole(head) ?? spoken?.entity;
  }

  /** The latest speaker that fits, among a bounded number: a text of any length is read in linear time. */
  private latest(fits: (spoken: SpokenBy) => boolean): SpokenBy | undefined {
    const { spoke } = this;
    for (let i = spoke.length - 1; i >= Math.max(0, spoke.length - MOST_SPEAKERS); i--) {
      const spoken = spoke[i];
      if (spoken && fits(spoken)) return spoken;
    }
    return undefined;
  }

  private sameRole(head: string | null): Entity | undefined {
    return this.latest(({ entity }) => entity.kind === 'role' && head !== null && entity.head === head)?.entity;
  }
}

/** Definite heads that may stand for a person named before. */
const PERSON_HEADS =
  /^(متحدث|ناطق|مسوول|وزير|ريس|مبعوث|موفد|نظير|مستشار|مفوض|زعيم|رييس|سفير|مندوب|ديبلوماسي|دبلوماسي|قايد|قيادي|متصل|ضابط|مدير|منسق|official|spokes|minister|president|envoy|ambassador|diplomat|general|commander|secretary|caller|chief|head|officer|leader|counterpart|chancellor|premier|министр|лидер|премьер|канцлер|президент|дипломат|представител|спецпосланник|посол|глава|генерал|чиновник|политик|начальник|офицер|собеседник|ه)/;
const ANYBODY =
  /^(متحدث|ناطق|مسوول|ديبلوماسي|دبلوماسي|متصل|ضابط|قيادي|official|spokes|diplomat|caller|head|chief|officer|дипломат|представител|чиновник|политик|собеседник|ه)/;
const BODY_HEADS =
  /^(وزاره|مركز|هييه|منظمه|مجلس|جيش|حركه|لجنه|شبكه|ministry|centre|center|army|council|committee|ведомств|министерств|центр|организаци|арми)/;

const officeHas = (entity: Entity, head: string): boolean => entity.head !== null && entity.head === head;

const bodyHas = (entity: Entity, head: string): boolean => {
  const name = (entity.name ?? '').toLowerCase().replaceAll('ة', 'ه').replaceAll('ئ', 'ي');
  return name.includes(head.slice(0, 5)) || (/ведомств|министерств/.test(head) && /мин|мид|пентагон|госдеп/.test(name));
};

/** The nearest parties that begin before a token, in text order. */
function partiesBefore(parties: readonly Party[], token: number): readonly Party[] {
  let low = 0;
  let high = parties.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parties[middle]?.from ?? 0) < token) low = middle + 1;
    else high = middle;
  }
  return parties.slice(Math.max(0, low - MOST_REMEMBERED), low);
}

function lastPerson(parties: readonly Party[], before: number, woman: boolean): SpokenBy | undefined {
  const party = last(partiesBefore(parties, before), (p) => p.entity.kind === 'person' && p.entity.woman === woman);
  return party ? { entity: party.entity, span: party.span } : undefined;
}

/** Before anybody has spoken: the last person or body named. */
function lastNamed(parties: readonly Party[], before: number): SpokenBy | undefined {
  const party = last(
    partiesBefore(parties, before),
    (p) => p.to <= before && (p.entity.kind === 'person' || p.entity.kind === 'body') && !p.anaphor,
  );
  return party ? { entity: party.entity, span: party.span } : undefined;
}

function last<T>(items: readonly T[], fits: (item: T) => boolean): T | undefined {
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i];
    if (item !== undefined && fits(item)) return item;
  }
  return undefined;
}
