/** A party's name with its swatch. Colours go by the order of the terms file: none belongs to a flag or a side. */
import { useQuery } from '@tanstack/react-query';
import { instrumentQuery } from '../app/api.ts';
import { useLocale } from '../app/locale.tsx';
import { NOBODY } from '../app/search.ts';
import { Bdi } from './bdi.tsx';
import styles from './party.module.css';

const COLOURS = 6;

/** The colour token of each party bound by the terms, and the words for every actor. All others get the neutral one. */
export function useParties() {
  const { t, pick } = useLocale();
  const actors = useQuery(instrumentQuery).data?.actors ?? [];
  const index = (id: string) => actors.findIndex((actor) => actor.id === id);
  const bound = actors.filter((actor) => actor.standing === 'party').map((actor) => actor.id);
  return {
    actors,
    name(id: string | null): string {
      const actor = id === null ? undefined : actors[index(id)];
      if (actor) return pick(actor.name);
      return id === null || id === NOBODY ? t('code.actor.unknown') : id;
    },
    color(id: string | null): string {
      const at = id === null ? -1 : bound.indexOf(id);
      return at < 0 || at >= COLOURS ? '--party-none' : `--party-${at}`;
    },
    /** One colour for an incident: its party's when exactly one is named, else neutral. */
    colorOf(ids: readonly string[]): string {
      return this.color(ids.length === 1 ? (ids[0] ?? null) : null);
    },
  };
}

export function PartyName({ id }: { id: string | null }) {
  const parties = useParties();
  return (
    <span className={styles.party}>
      <span className={styles.swatch} style={{ background: `var(${parties.color(id)})` }} aria-hidden="true" />
      <Bdi>{parties.name(id)}</Bdi>
    </span>
  );
}

/** Names of all alleged parties, or "nobody named". */
export function PartyNames({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return <PartyName id={null} />;
  return (
    <span className={styles.parties}>
      {ids.map((id) => (
        <PartyName key={id} id={id} />
      ))}
    </span>
  );
}
