const KEY = 'jialiban.captions';

/** Whether this clerk wants captions at her desk at all; her page sends no sound to the server without. */
export const captionsSetting = {
  wanted: () => localStorage.getItem(KEY) !== 'off',
  keep(wanted: boolean) {
    localStorage.setItem(KEY, wanted ? 'on' : 'off');
  },
};
