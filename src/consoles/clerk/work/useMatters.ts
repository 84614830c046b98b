import { useList } from '../../rest/lists.ts';
import type { Guide } from '../../rest/records.ts';

/** The matters that have a guide today, with their guides; read once. */
export function useMatters() {
  const { data } = useList<Guide>('guides', { state: 'effective', pageSize: 200 });
  const guides = data?.items ?? [];
  const options = [...new Set(guides.map(({ matter }) => matter))]
    .sort((a, b) => a.localeCompare(b, 'zh-CN'))
    .map((matter) => ({ value: matter, label: matter }));
  return { options, guideOf: (matter: string | undefined) => guides.find((guide) => guide.matter === matter) };
}
