/** The thirteen elements of 津滨政办发〔2017〕40号 in their order, then what is told by voice beside them. */
export const guideElements: [string, string][] = [
  ['gist', '一句话'],
  ['acceptedBy', '受理单位'],
  ['category', '办理类别'],
  ['basis', '设定依据'],
  ['audience', '服务对象'],
  ['conditions', '办理条件'],
  ['materials', '申请材料'],
  ['commonMistakes', '示范文本及常见错误'],
  ['steps', '办理流程'],
  ['fee', '收费'],
  ['timeLimit', '办理时限'],
  ['enquiry', '咨询方式'],
  ['supervision', '监督投诉'],
  ['amount', '标准'],
  ['place', '办理地点'],
  ['hours', '办理时间'],
  ['phone', '电话'],
  ['channels', '办理渠道'],
  ['trips', '跑几趟'],
];

const ELEMENT_NAMES = new Map([
  ...guideElements,
  ['reason', '为什么念给她'],
  ['body', '问细的时候'],
  ['materialsNote', '材料的话'],
]);

/** The name of an element as it stands in the official list. */
export const elementName = (element: string) => ELEMENT_NAMES.get(element) ?? element;

export const guideStates: Record<string, { words: string; tone: string }> = {
  draft: { words: '草稿', tone: 'info' },
  submitted: { words: '等第二人签', tone: 'warn' },
  effective: { words: '生效', tone: 'good' },
  withdrawn: { words: '撤回', tone: 'plain' },
};

export const policyStates: Record<string, { words: string; tone: string }> = {
  draft: { words: '草稿', tone: 'plain' },
  submitted: { words: '等第二人签', tone: 'warn' },
  published: { words: '已发布', tone: 'good' },
  paused: { words: '暂停', tone: 'info' },
  recalled: { words: '已撤回', tone: 'late' },
};

export const results: Record<string, { words: string; tone: string }> = {
  done: { words: '做了', tone: 'good' },
  denied: { words: '没让做', tone: 'late' },
  failed: { words: '没做成', tone: 'warn' },
};
