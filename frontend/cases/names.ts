// What recorded types of events mean, whoever recorded them. Case, spaces, dashes, underscores and
// dots in a name make no difference, nor does the object whose method it is.

import type { Life } from '../widget/capture/facts.ts'

const NAMES: Record<Life, string> = {
  mutation: `mutation dom_mutation change_any attribute attributes attribute_change style_change class_change
    text text_change characterdata node_added node_removed element_added element_removed childlist dom_change
    dom_update html_change visual_change render style_rule stylesheet_rule style_declaration adopted_stylesheet
    tooltip toast`,
  canvas: 'canvas canvas_mutation canvas_draw',
  value: 'value_property_set value_set',
  toggle: 'toggle beforetoggle',
  dialog: `dialog dialog_open dialog_close showmodal modal modal_open modal_close popover popover_open popover_close
    alert confirm prompt`,
  animation: 'animation animationstart transition transitionstart transitionrun',
  scroll: 'scroll scrollend',
  selection: 'select selection',
  input: 'input change beforeinput submit reset',
  focus: 'focus focusin focus_move',
  navigation: `navigation navigate navigation_event navigation_start navigatesuccess currententrychange pushstate
    replacestate popstate hashchange history history_push history_replace history_change url_change route
    route_change location_change page page_change pageview view_created view_started view_ended view_end
    beforeunload unload pagehide page_exit page_may_exit reload`,
  open: 'window_open open_window new_tab popup',
  away: `window_blur window_focus visibility visibilitychange tab_hidden tab_visible tab_switch page_hidden
    page_visible document_hidden app_switch fullscreenchange resize`,
  media: `media_play media_pause media_seek media_start media_event media_interaction play pause seeking
    audio_play video_play volumechange`,
  print: 'print beforeprint afterprint',
  clipboard: 'copy cut paste clipboard clipboard_write clipboard_copy writetext',
  download: 'download download_start file_download',
  picker: `picker file_picker filechooser file_picker_open file_dialog show_picker color_picker share
    permission permission_prompt permission_request`,
  resource: 'resource resource_entry resource_load image_load page_activity',
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_.:-]/g, '')

const LIVES = new Map(Object.entries(NAMES).flatMap(([what, names]) =>
  names.split(/\s+/).map((name) => [plain(name), what as Life] as const)))

/**
 * Returns the life a type stands for, if any. `history.pushState` is a `pushState`; a name known
 * with its object (`window.open`) is matched whole first.
 */
export function lifeOf(type: string): Life | undefined {
  return LIVES.get(plain(type)) ?? LIVES.get(plain(type.slice(type.lastIndexOf('.') + 1)))
}

export const STARTS = /^(activity|(fetch|xhr|request|network|ajax)(_?start(ed)?)?|(network|http)_request|xhr_send|fetch_call)$/i
export const ENDS = /^((fetch|xhr|request|network|ajax)_?(end|ended|done|complete|completed|error|fail|failed|abort|aborted)|((network|fetch|xhr|http|request|ajax)_?)?response)$/i
export const ERRORS = /^((js|console|runtime)[_.]?error|error|(uncaught_?)?exception|uncaught_?error|(unhandled_?)?rejection|notice_?error)$/i
/**
 * Known types that are no sign of the page's life: what the contact or the machine does meanwhile.
 */
export const SILENT = /^(dblclick|contextmenu|auxclick|long_?press|touchhold|mouse(enter|leave|over|out)|pointer(enter|leave|over|out)|gotpointercapture|lostpointercapture|wheel|storage|keyup|blur|focusout|drag\w*|drop|timer|tick|wait|beacon|send_?beacon|longtask|performance\w*|custom|message|pageshow|console)$/i
