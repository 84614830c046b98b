interface ChoiceProps<V> {
  say: string;
  chosen: V | undefined;
  pending: boolean;
  options: { value: V; words: string; hint: string }[];
  onChoose: (value: V) => void;
}

/** One of a few, each as large as a thumb. */
export function Choice<V extends string | boolean>({ say, chosen, pending, options, onChoose }: ChoiceProps<V>) {
  return (
    <div className="install-step">
      <p className="install-say">{say}</p>
      <ul className="install-choices">
        {options.map(({ value, words, hint }) => (
          <li key={String(value)}>
            <button type="button" aria-pressed={chosen === value} disabled={pending} onClick={() => onChoose(value)}>
              <strong>{words}</strong>
              <span>{hint}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
