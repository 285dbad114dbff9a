import type { Part } from "../catalogue";
import type { stage as english } from "../en/stage";

/** Words of the stage. */
export const stage: Part<typeof english> = {
  "stage.small": "图像区域太小",
  "stage.least": "本项目要求图像区域至少为 {least} × {least} 像素，目前为 {width} × {height}。",
  "stage.width": "请加宽窗口，或缩小页面比例，然后继续评分。",
  "stage.height": "请加高窗口，或缩小页面比例，然后继续评分。",
  "stage.both": "请加宽并加高窗口，或缩小页面比例，然后继续评分。",
  "stage.pages": "总览的分页",
  "stage.page": "{first}–{last}",
  "stage.shape.contain": "形状与原图不同：完整显示",
  "stage.shape.cover": "形状与原图不同：裁切以盖满原图",
  "stage.shape.stretch": "形状与原图不同：已拉伸",
  "stage.moved": "形状与原图不同：已由您移动",
  "stage.fitting": "让编辑结果 {label} 与原图对齐",
  "stage.fittingHint": "仅用于比较，请评判整幅图像。",
  "stage.fittingShape": "形状",
  "stage.fitting.contain": "完整显示",
  "stage.fitting.cover": "盖满原图",
  "stage.fitting.stretch": "拉伸到原图",
  "stage.nudge": "用方向键移动，按住 Shift 移动十倍",
  "stage.nudgeLeft": "左移",
  "stage.nudgeUp": "上移",
  "stage.nudgeDown": "下移",
  "stage.nudgeRight": "右移",
  "stage.usual": "恢复原样",
  "stage.pixels": "{width} × {height}",
};
