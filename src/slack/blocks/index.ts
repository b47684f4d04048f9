export { clip } from './clip.js';
export { type ButtonSpec, button, type ConfirmSpec, confirm, linkButton, overflow } from './elements.js';
export { type Names, readIncoming } from './incoming.js';
export { decode, escapeText } from './inert.js';
export { bold, channelLink, code, date, groupMention, link, mention, multiline, quote } from './inline.js';
export { datePicker, type InputSpec, input, type TextInputSpec, textInput, timePicker } from './inputs.js';
export { actions, type Block, context, divider, header, type MaybeBlock, section } from './layout.js';
export { BlockMisuse, EMPTY, LIMITS } from './limits.js';
export { join, lines, type Md, type MdValue, md } from './md.js';
export {
  channelSelect,
  checkboxes,
  externalSelect,
  multiUsersSelect,
  radio,
  staticSelect,
  usersSelect,
} from './menus.js';
export { type Message, message, splitMessages } from './message.js';
export { fitOptions, type OptionItem, type OverflowItem } from './options.js';
export { plain } from './text.js';
export { homeView, type ModalSpec, modal } from './views.js';
