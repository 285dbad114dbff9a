/** Words of the accessibility statement. */
export const statement = {
  "statement.title": "Accessibility",
  "statement.link": "Accessibility: what was tested, and what needs sight",
  "statement.intro":
    "EditJury aims at WCAG 2.2, level AA. This page says what is tested with every change, and what cannot be done here without sight.",
  "statement.tested": "What is tested",
  "statement.tested.axe":
    "Pages, dialogs and the states of the rating page pass every rule of axe-core for WCAG 2.0 to 2.2, levels A and AA, and its best practices: in light, dark and forced colours, with no rule left out.",
  "statement.tested.keys":
    "Everything goes by keyboard alone, from the login to the last task. Shortcuts of a single key can be changed or switched off under Account. Tab is never caught.",
  "statement.tested.focus":
    "The focus can always be seen: nothing that is fixed to an edge of the window lies over it.",
  "statement.tested.targets":
    "What can be pressed is at least 24 by 24 pixels, the levels are at least 44 by 44.",
  "statement.tested.zoom":
    "At 200 % zoom the rating page shows one image at a time and loses nothing. All other pages fit a width of 320 pixels without scrolling sideways.",
  "statement.tested.motion":
    "Nothing moves by itself where less motion is asked for. No colour carries a meaning alone.",
  "statement.tested.people":
    "These are tests by programs. No test with people who use a screen reader or another aid has been made yet.",
  "statement.blind": "Without sight",
  "statement.blind.can":
    "Works with a screen reader: logging in, the account, reading instructions, guidelines and levels, giving levels and comments, the state of saving, and all pages of leads except the pictures on them.",
  "statement.blind.cannot":
    "Does not work: judging an edit. The images have no description, because a description would already be a judgment and would lead yours. Comparing, the difference, the change map and drawing a region are pictures as well, so a blind annotator cannot rate here.",
  "statement.low": "With low vision or colour blindness",
  "statement.low.text":
    "Images can be enlarged as far as needed, all of them together. The ground behind images keeps its grey in every theme, because it is part of how the edit is seen. Some edits change nothing but colour: mark what you cannot tell apart as “Can’t judge”, which is never counted as a low level.",
  "statement.tell": "Something in your way?",
  "statement.tell.text":
    "Tell the lead of your project, or whoever runs this site. No answer is lost meanwhile: what you said is kept.",
} as const;
