import type { Part } from "../catalogue";
import type { guide as english } from "../en/guide";

/** 评审之外的辅助文字：档位示例、导览、总览、休息。 */
export const guide: Part<typeof english> = {
  "guide.exampleSource": "原图",
  "guide.exampleEdit": "编辑结果",
  "guide.closeShelf": "收起示例",
  "guide.lineup": "本任务的全部评分",
  "guide.search": "搜索",
  "guide.found#one": "找到 {n} 节",
  "guide.found#other": "找到 {n} 节",
  "guide.break": "你已经工作了一段时间，休息一下吧。",
  "guide.breakLater": "稍后再说",
  "guide.stopping": "完成本任务后停止",
  "guide.takeTour": "查看导览",
  "home.hours": "最近 7 天 {recent}，共 {all}",
  "home.consistency": "同一任务再次出现时档位相同的占 {share}（共 {n} 个）",
  "guide.breaks": "休息",
  "guide.suggestBreaks": "工作一段时间后提醒休息",
  "action.anchors": "各档位的示例",
  "action.tour": "本页导览",
  "action.lineup": "评完后一眼查看全部评分",
  "action.stopAfter": "完成本任务后停止",
  "tour.next": "下一步",
  "tour.back": "上一步",
  "tour.skip": "跳过导览",
  "tour.end": "开始评审",
  "tour.instruction": "先读指令",
  "tour.instructionText": "想清楚哪些必须改变，哪些必须保留。较长的指令会展开显示。",
  "tour.stage": "把编辑结果与原图比较",
  "tour.stageText":
    "按住按键（或用手指按住图像），原图会出现在编辑结果的位置；松开后，跳动的地方就是改动之处。现在试一试。滚轮可同时缩放两张图。",
  "tour.tabs": "每个字母代表一个编辑结果",
  "tour.tabsText":
    "字母在每个任务中重新分配。用方向键切换编辑结果；每评完一个维度，就会填满一个圆点。",
  "tour.levels": "给出档位",
  "tour.levelsText":
    "按下档位的数字，下一个空格会自动出现：先就一个维度评完所有编辑结果，再进入下一个维度。现在试一试。",
  "tour.anchors": "看看每一档是什么样子",
  "tour.anchorsText":
    "正在评审的维度，每一档都有一个示例。按一个键即可打开或收起；指南中有更详细的说明。",
  "tour.cannot": "当任何档位都没有意义时",
  "tour.cannotText":
    "说明原因，可以只针对一个编辑结果，也可以针对整个任务。它绝不会被当作低分。Ctrl+Z 可撤销任何一步。",
  "tour.submit": "提交",
  "tour.submitText":
    "全部评完后，可按 A 一览所有评分，然后提交；下一个任务已经准备好。每次按键都会保存。按 ? 查看所有按键；菜单中可再次打开导览。",
};
