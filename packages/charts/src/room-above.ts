/** Room kept free over what a chart draws and below its legend. Knows not what for. */
import { type Chart, type LayoutItem, layouts, type Plugin } from 'chart.js';

/** chart.js reads the options of whatever it lays out; its types do not say so. */
interface Room extends LayoutItem {
  readonly options: object;
}

/** By chart, not by plugin: to chart.js a plugin that takes the place of one of its name is the same, and never starts. */
const rooms = new WeakMap<Chart, Room>();

/** Two parts of a plugin; `heightOf` says how much room, in pixels, whenever the chart is laid out. */
export function roomAbove(heightOf: (chart: Chart) => number): Pick<Plugin, 'beforeLayout' | 'stop'> {
  return {
    beforeLayout(chart) {
      const room = rooms.get(chart) ?? newRoom(chart);
      room.update = (width) => {
        room.width = width;
        room.height = heightOf(chart);
      };
    },
    stop(chart) {
      const room = rooms.get(chart);
      if (room === undefined) return;
      layouts.removeBox(chart, room);
      rooms.delete(chart);
    },
  };
}

function newRoom(chart: Chart): Room {
  const room: Room = {
    options: {},
    position: 'top',
    // The legend, which weighs more, stands farther out.
    weight: 0,
    fullSize: false,
    width: 0,
    height: 0,
    left: 0,
    top: 0,
    right: 0,
    bottom: 0,
    isHorizontal: () => true,
    update() {},
    draw() {},
  };
  layouts.addBox(chart, room);
  rooms.set(chart, room);
  return room;
}
