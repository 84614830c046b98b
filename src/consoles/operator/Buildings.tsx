import { Panel } from '../staff/Panel.tsx';
import { ListEmpty } from '../staff/states.tsx';
import { t } from '../words/operator.ts';
import type { Building, FleetNow } from './fleet.ts';

interface BuildingsProps {
  fleet: FleetNow;
  onGo: (to: string) => void;
}

/** Communities and their buildings, each with how many are there; a press shows its speakers. */
export function Buildings({ fleet, onGo }: BuildingsProps) {
  const names = [...new Set(fleet.buildings.map(({ community }) => community))];
  const communities = names.map((name) => [name, fleet.buildings.filter((one) => one.community === name)] as const);
  return (
    <Panel
      title={t.byBuilding}
      className="panel wide"
      side={<span className="row-quiet">{t.ourSpeakersOnlineLong(fleet.online, fleet.own, fleet.silent)}</span>}
    >
      {communities.length === 0 ? (
        <ListEmpty hint={t.onceRegisteredBoundThey}>{t.noSpeakerStandsHome}</ListEmpty>
      ) : null}
      {communities.map(([community, buildings]) => (
        <div key={community} className="community">
          <h3>{community}</h3>
          <ul>
            {buildings.map((one) => (
              <li key={one.building}>
                <Tile one={one} onGo={onGo} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  );
}

function Tile({ one, onGo }: { one: Building; onGo: (to: string) => void }) {
  const { community, building, bound, own, online, silent } = one;
  const query = new URLSearchParams({ community, building });
  return (
    <button type="button" className="building" data-tone={toneOf(one)} onClick={() => onGo(`/operator?${query}`)}>
      <span className="building-name">{building}</span>
      <span className="building-count figures">{own > 0 ? `${online}/${own}` : bound}</span>
      <span className="building-words">{silent > 0 ? t.longSilent(silent) : wordsOf(one)}</span>
      {own > 0 ? <progress aria-label={t.online(building)} max={own} value={online} /> : null}
    </button>
  );
}

function wordsOf({ own, online, bound }: Building): string {
  if (own === 0) return t.brandSpeakers(bound);
  return online === own ? t.allOnline : t.offline(own - online);
}

function toneOf({ own, online, silent }: Building): string {
  if (silent > 0) return 'late';
  return own > 0 && online < own / 2 ? 'warn' : 'good';
}
