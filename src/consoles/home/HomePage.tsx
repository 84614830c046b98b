import { useQuery } from '@tanstack/react-query';
import { Mark } from '../design/Mark.tsx';
import { dayOf, dayWords, timeOf } from '../rest/days.ts';
import { useBusinessNow, useReadiness } from '../rest/readiness.ts';
import type { DemoSpeaker } from '../rest/records.ts';
import { rest } from '../rest/request.ts';
import { Body } from '../speaker/Body.tsx';
import { type Fact, factsOf } from './facts.ts';
import './home.css';

/** What runs here, in one look, and the way to each page. */
export default function HomePage() {
  const readiness = useReadiness();
  const demo = useQuery({
    queryKey: ['demo'],
    queryFn: () => rest<DemoSpeaker[]>('/api/demo/speakers'),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="home">
      <header className="home-head">
        <Mark size={40} />
        <span className="home-name">家里办</span>
        <Health ready={readiness.data?.ready} failed={readiness.isError} />
      </header>
      <main>
        <section className="home-hero">
          <div className="home-words">
            <h1>跟音箱说句话，就把事办了。</h1>
            <p className="home-lead">
              问政策、问怎么办、查办到哪了、约时间取证、找人帮忙。老人坐在家里说，窗口的人在这边接。
            </p>
            <Clock />
            <nav className="home-doors" aria-label="各个页面">
              <Door href="/speaker" name="音箱" about="在浏览器里跟音箱说话" first />
              <Door href="/clerk" name="窗口工作台" about="回电、预约、办件" />
              <Door href="/operator" name="音箱管理" about="设备装在谁家、在不在线" />
              <Door href="/office" name="政策与指南" about="内容、双签、审计" />
            </nav>
            {demo.isSuccess ? <DemoHint /> : null}
          </div>
          <Talk />
        </section>
        {readiness.data ? <Facts facts={factsOf(readiness.data)} /> : null}
      </main>
    </div>
  );
}

function Health({ ready, failed }: { ready: boolean | undefined; failed: boolean }) {
  const state = failed ? 'down' : ready === undefined ? 'asking' : ready ? 'up' : 'starting';
  const words = { down: '连不上服务器', asking: '正在问……', up: '一切正常', starting: '正在启动' }[state];
  return (
    <p className="home-health" data-state={state} role="status">
      <span className="home-health-lamp" />
      {words}
    </p>
  );
}

function Clock() {
  const { data } = useReadiness();
  const now = useBusinessNow();
  if (!data?.clock?.demo) return null;
  return (
    <p className="home-clock">
      这里的时间拨到了 <strong className="figures">{`${dayWords(dayOf(now))} ${timeOf(now)}`}</strong>，演示用。
    </p>
  );
}

function Door({ href, name, about, first = false }: { href: string; name: string; about: string; first?: boolean }) {
  return (
    <a className="home-door" data-first={first || undefined} href={href}>
      <span className="home-door-name">{name}</span>
      <span className="home-door-about">{about}</span>
      <svg width="22" height="22" viewBox="0 0 22 22" fill="none" aria-hidden="true">
        <path
          d="M5 11h12m-5-5 5 5-5 5"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </a>
  );
}

function DemoHint() {
  return (
    <p className="home-hint">
      这是示例社区，里面的人和事都是编的。工作人员的演示账号印在启动窗口里，也在数据目录的 <code>demo.json</code>。
    </p>
  );
}

/** What it is like, at a glance. */
function Talk() {
  return (
    <figure className="home-talk" aria-label="一段对话的样子">
      <p className="home-said">我想约个时间去拿老年证</p>
      <Body mood="listening" />
      <p className="home-answer">
        星期五有两个时间。<strong>第一</strong>，上午九点。<strong>第二</strong>，上午十点。您要第几个？
      </p>
    </figure>
  );
}

function Facts({ facts }: { facts: Fact[] }) {
  return (
    <section className="home-facts" aria-labelledby="running">
      <h2 id="running">现在接着什么</h2>
      <dl>
        {facts.map(({ name, words, on }) => (
          <div key={name} data-on={on}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
