import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Mark } from '../design/Mark.tsx';
import type { DemoSpeaker } from '../rest/records.ts';
import { RestError, rest } from '../rest/request.ts';
import { Conversation } from './Conversation.tsx';
import { Homes } from './Homes.tsx';
import './speaker.css';

/** A speaker in the browser, for demonstration: choose a home, then talk. The home stands in the address, so that a reload stays there. */
export default function SpeakerPage() {
  const [deviceId, setDeviceId] = useState(() => new URLSearchParams(location.search).get('device') ?? undefined);
  const demo = useQuery({
    queryKey: ['demo'],
    queryFn: () => rest<DemoSpeaker[]>('/api/demo/speakers'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const choose = (id: string | undefined) => {
    history.replaceState(null, '', id ? `?device=${encodeURIComponent(id)}` : location.pathname);
    setDeviceId(id);
  };
  const home = demo.data?.find((one) => one.deviceId === deviceId);
  return (
    <div className="speaker">
      <header className="speaker-head">
        <a href="/" aria-label="家里办 首页">
          <Mark size={40} />
        </a>
        <p className="speaker-home">{home ? <HomeName home={home} /> : '家里办 · 音箱'}</p>
        {home ? (
          <button type="button" className="speaker-plain" onClick={() => choose(undefined)}>
            换一家
          </button>
        ) : null}
      </header>
      {home ? (
        <Conversation key={home.deviceId} deviceId={home.deviceId} />
      ) : (
        <Choosing demo={demo} onChoose={choose} />
      )}
    </div>
  );
}

function HomeName({ home }: { home: DemoSpeaker }) {
  return (
    <>
      <strong>{home.residents.map(({ called }) => called).join('、')}家</strong>
      <span>{home.household}</span>
    </>
  );
}

interface ChoosingProps {
  demo: { data?: DemoSpeaker[]; error: Error | null; refetch: () => unknown };
  onChoose: (deviceId: string) => void;
}

function Choosing({ demo, onChoose }: ChoosingProps) {
  if (demo.data) return <Homes homes={demo.data} onChoose={onChoose} />;
  if (!demo.error) return <p className="speaker-note">正在看有哪几家……</p>;
  const closed = demo.error instanceof RestError && demo.error.status > 0 && demo.error.status < 500;
  return (
    <main className="speaker-note">
      <h1>{closed ? '这里没有示例音箱' : '连不上服务器'}</h1>
      <p>{closed ? '浏览器里的音箱只在示例社区里用。真的音箱请到「音箱管理」登记。' : demo.error.message}</p>
      {closed ? null : (
        <button type="button" className="speaker-plain" onClick={() => demo.refetch()}>
          再试一次
        </button>
      )}
    </main>
  );
}
