import { ListEmpty } from '../staff/states.tsx';
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
    <section className="panel wide" aria-labelledby="buildings-title">
      <div className="panel-head">
        <h2 className="panel-title" id="buildings-title">
          各楼
        </h2>
        <span className="panel-side row-quiet">
          社区音箱 {fleet.online}/{fleet.own} 在线，久未在线 {fleet.silent} 台
        </span>
      </div>
      {communities.length === 0 ? (
        <ListEmpty hint="登记并绑定以后，按楼栋排在这里。">还没有装到家里的音箱</ListEmpty>
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
    </section>
  );
}

function Tile({ one, onGo }: { one: Building; onGo: (to: string) => void }) {
  const { community, building, bound, own, online, silent } = one;
  const query = new URLSearchParams({ community, building });
  return (
    <button type="button" className="building" data-tone={toneOf(one)} onClick={() => onGo(`/operator?${query}`)}>
      <span className="building-name">{building}</span>
      <span className="building-count figures">{own > 0 ? `${online}/${own}` : bound}</span>
      <span className="building-words">{silent > 0 ? `${silent} 台久未在线` : wordsOf(one)}</span>
      {own > 0 ? <progress aria-label={`${building}在线`} max={own} value={online} /> : null}
    </button>
  );
}

function wordsOf({ own, online, bound }: Building): string {
  if (own === 0) return `品牌音箱 ${bound} 台`;
  return online === own ? '都在线' : `${own - online} 台不在线`;
}

function toneOf({ own, online, silent }: Building): string {
  if (silent > 0) return 'late';
  return own > 0 && online < own / 2 ? 'warn' : 'good';
}
