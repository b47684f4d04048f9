export { clip } from './clip.js';
export { button, confirm, linkButton, overflow } from './elements.js';
export { readIncoming } from './incoming.js';
export { decode, escapeText } from './inert.js';
export { bold, channelLink, code, date, groupMention, link, mention, multiline, quote } from './inline.js';
export { datePicker, input, textInput, timePicker } from './inputs.js';
export { actions, type Block, context, divider, header, section } from './layout.js';
export { BlockMisuse, LIMITS } from './limits.js';
export { join, lines, type Md, md } from './md.js';
export {
  channelSelect,
  checkboxes,
  externalSelect,
  multiStaticSelect,
  multiUsersSelect,
  radio,
  staticSelect,
  usersSelect,
} from './menus.js';
export { fitsMessage, type Message, message, splitMessages } from './message.js';
export { fitOptions } from './options.js';
export { sparkline } from './sparkline.js';
export { plain } from './text.js';
export { homeView, modal } from './views.js';
export { wholeText } from './whole.js';
