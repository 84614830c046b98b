import { Mark } from '../design/Mark.tsx';

/** A path that is none of ours. */
export default function MissingPage() {
  return (
    <main className="opening">
      <div style={{ textAlign: 'center' }}>
        <Mark size={56} />
        <h1>没有这个页面</h1>
        <p>
          <a href="/">回首页</a>
        </p>
      </div>
    </main>
  );
}
