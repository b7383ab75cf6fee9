/** The value of a claim in the words of the page's language. */
import type { ApiClaimValue } from '../../../src/server/api/types.ts';
import { countText, edtfText } from '../../app/format.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { PartyName, useParties } from '../../ui/party.tsx';

export function ClaimValue({ value }: { value: ApiClaimValue }) {
  const { t, placeName, formats, words } = useLocale();
  const { actors } = useParties();
  switch (value.field) {
    case 'type':
      return t(`code.type.${value.type}`);
    case 'start':
    case 'end':
      return edtfText(t, formats, value.edtf);
    case 'place':
      return <Bdi>{placeName(value.place)}</Bdi>;
    case 'actor': {
      const known = value.actor !== null && actors.some((actor) => actor.id === value.actor);
      return known || !value.text ? <PartyName id={value.actor} /> : <Bdi>{value.text}</Bdi>;
    }
    case 'target':
      return t(`code.target.${value.target}`);
    case 'weapon':
      return <Bdi>{words(`code.weapon.${value.text}`) ?? value.text}</Bdi>;
    case 'killed':
    case 'injured':
      return countText(t, value.count);
  }
}
