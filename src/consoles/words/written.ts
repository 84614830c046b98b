/** What is written down as it was chosen: it stays Chinese, since the resident may ask for it and hears it then. */
export const REVEAL_REASONS = ['给她回电话', '核对预约', '办这一件事'] as const;
