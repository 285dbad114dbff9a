import { expect, test } from "vitest";
import { Guide, type Preferences, tourSteps } from "./guide";

function setUp(preferences: Preferences = {}, breakMinutes = 0) {
  let now = 0;
  const saved: Preferences[] = [];
  const guide = new Guide({
    project: "meadow",
    preferences,
    save: (changes) => saved.push(changes),
    now: () => now,
    breakMinutes,
  });
  const pass = (milliseconds: number) => {
    now += milliseconds;
    guide.touch(true);
  };
  return { guide, saved, pass, view: () => guide.view.get() };
}

test("a new account gets the tour and the open shelf, once", () => {
  const { guide, saved, view } = setUp();
  guide.greet();
  expect(view()).toMatchObject({ shelf: true, tour: 0 });
  expect(saved).toEqual([{ visited: ["meadow"] }]);
  guide.endTour();
  guide.toggleShelf();
  guide.greet();
  expect(view()).toMatchObject({ shelf: false, tour: null });
  expect(saved).toEqual([{ visited: ["meadow"] }, { tour: "seen" }]);
});

test("a second project opens its shelf, without the tour", () => {
  const { guide, saved, view } = setUp({ tour: "seen", visited: ["hill", 7] });
  guide.greet();
  expect(view()).toMatchObject({ shelf: true, tour: null });
  expect(saved).toEqual([{ visited: ["hill", "meadow"] }]);
});

test("a known project opens with nothing over it", () => {
  const { guide, saved, view } = setUp({ tour: "seen", visited: ["meadow"] });
  guide.greet();
  expect(view()).toMatchObject({ shelf: false, tour: null });
  expect(saved).toEqual([]);
});

test("the list of visited projects stays short", () => {
  const many = Array.from({ length: 60 }, (_, index) => `p${index}`);
  const { guide, saved } = setUp({ tour: "seen", visited: many });
  guide.greet();
  expect(saved).toEqual([{ visited: [...many.slice(-39), "meadow"] }]);
});

test("the tour goes back and forth, and ends after its last step", () => {
  const { guide, saved, view } = setUp({ tour: "seen" });
  guide.startTour();
  guide.stepTour(-1);
  expect(view().tour).toBe(0);
  for (const _ of tourSteps) guide.stepTour(1);
  expect(view().tour).toBeNull();
  expect(saved).toEqual([{ tour: "seen" }]);
});

test("a break is suggested, put off, and suggested again", () => {
  const { guide, pass, view } = setUp({}, 2);
  pass(60_000);
  expect(view().breakDue).toBe(false);
  pass(60_000);
  expect(view().breakDue).toBe(true);
  guide.putBreakOff();
  expect(view().breakDue).toBe(false);
  pass(60_000);
  pass(60_000);
  expect(view().breakDue).toBe(true);
});

test("an account that wants no breaks is not asked", () => {
  const { pass, view } = setUp({ breaks: false }, 1);
  for (let minute = 0; minute < 10; minute += 1) pass(60_000);
  expect(view().breakDue).toBe(false);
});

test("a task is new once", () => {
  const { guide } = setUp();
  expect([guide.isFirstLook("a"), guide.isFirstLook("b"), guide.isFirstLook("a")]).toEqual([
    true,
    true,
    false,
  ]);
});
