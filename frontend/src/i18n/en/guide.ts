/** Words of what helps beside the rating: anchors, tour, line-up, breaks. */
export const guide = {
  "guide.exampleSource": "Source",
  "guide.exampleEdit": "Edit",
  "guide.closeShelf": "Close the examples",
  "guide.lineup": "All ratings of this task",
  "guide.search": "Search",
  "guide.found#one": "{n} section found",
  "guide.found#other": "{n} sections found",
  "guide.break": "You have worked for a while. Time for a short break.",
  "guide.breakLater": "Not now",
  "guide.stopping": "Stops after this task",
  "guide.takeTour": "Take the tour",
  "home.hours": "{recent} in the last 7 days, {all} in all",
  "home.consistency": "Same level when a task came again: {share} of {n}",
  "guide.breaks": "Breaks",
  "guide.suggestBreaks": "Suggest a break after some time of work",
  "action.anchors": "Examples of the levels",
  "action.tour": "Tour of this page",
  "action.lineup": "All ratings at one glance, when complete",
  "action.stopAfter": "Stop after this task",
  "tour.next": "Next",
  "tour.back": "Back",
  "tour.skip": "Skip the tour",
  "tour.end": "Start rating",
  "tour.instruction": "Read what was asked",
  "tour.instructionText":
    "Say to yourself what must change and what must stay. A long instruction opens as a sheet.",
  "tour.stage": "Compare the edit with the source",
  "tour.stageText":
    "Hold the key, or a finger on the image, to see the source in the edit’s place, and let it go: what jumps was changed. Try it now. The wheel zooms both.",
  "tour.tabs": "Every letter is one edit",
  "tour.tabsText":
    "Letters are drawn anew for every task. Go through the edits with the arrow keys; a dot fills for each dimension that you have rated.",
  "tour.levels": "Give a level",
  "tour.levelsText":
    "Press the number of a level. The next empty cell comes up by itself: one dimension across all edits, then the next. Try it now.",
  "tour.anchors": "See what each level looks like",
  "tour.anchorsText":
    "One example for each level of the dimension that you rate. One key opens and closes them; the guideline says more.",
  "tour.cannot": "When no level would mean anything",
  "tour.cannotText":
    "Say why, for one edit or the whole task. It is never counted as a low level. Ctrl+Z takes back any step.",
  "tour.submit": "Hand it over",
  "tour.submitText":
    "When nothing is missing, look over all ratings with A and submit: the next task is already there. Answers are saved with every key. ? shows all keys; the menu has this tour.",
} as const;
