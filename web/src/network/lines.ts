/** Draws ties on the graphics card: dashes and arrow heads of steady size, lines side by side. */
import { EdgeProgram } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

/** What a line needs beyond sigma's own; `head` is 1 for an arrow. */
export interface Line extends EdgeDisplayData {
  shift: number;
  dash: number;
  head: number;
}

/** Length of an arrow head in pixels. */
export const HEAD = 9;

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_ends;
attribute vec2 a_sizes;
attribute float a_width;
attribute float a_shift;
attribute float a_dash;
attribute float a_head;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_field;
uniform float u_sizeRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_long;
varying float v_half;
varying float v_dash;
varying float v_head;
const float bias = 255.0 / 254.0;
void main() {
  vec2 first = (u_matrix * vec3(a_ends.xy, 1)).xy * u_field / 2.0;
  vec2 last = (u_matrix * vec3(a_ends.zw, 1)).xy * u_field / 2.0;
  vec2 way = last - first;
  float whole = max(length(way), 0.001);
  way /= whole;
  vec2 across = vec2(-way.y, way.x);
  vec2 rims = min((a_sizes / u_sizeRatio) * 0.95 + vec2(0.0, 2.0 * a_head), vec2(whole * 0.45));
  v_long = whole - rims.x - rims.y;
  v_half = a_width / 2.0;
  float reach = max(v_half, 5.0) + 1.0;
  v_at = vec2(a_corner.x * v_long, a_corner.y * reach);
  vec2 place = first + way * (rims.x + v_at.x) + across * (v_at.y + a_shift);
  gl_Position = vec4(place * 2.0 / u_field, 0, 1);
  v_dash = a_dash;
  v_head = a_head;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_long;
varying float v_half;
varying float v_dash;
varying float v_head;
uniform float u_pixelRatio;
float on(float along) {
  if (v_dash < 0.5) return 1.0;
  if (v_dash < 1.5) return step(mod(along, 10.0), 7.0);
  if (v_dash < 2.5) return step(mod(along, 5.0), 2.0);
  if (v_dash < 3.5) { float m = mod(along, 17.0); return step(m, 9.0) + step(12.0, m) * step(m, 14.0); }
  if (v_dash < 4.5) return step(mod(along, 6.0), 4.0);
  if (v_dash < 5.5) return step(mod(along, 16.0), 12.0);
  if (v_dash < 6.5) return step(mod(along, 5.0), 1.5);
  float m = mod(along, 14.0);
  return step(m, 6.0) + step(8.0, m) * step(m, 9.0) + step(11.0, m) * step(m, 12.0);
}
void main(void) {
  float left = v_long - v_at.x;
  #ifdef PICKING_MODE
  if (abs(v_at.y) > max(v_half, 3.0)) discard;
  gl_FragColor = v_color;
  #else
  float soft = 0.6 / u_pixelRatio;
  bool head = v_head > 0.5 && left < ${HEAD.toFixed(1)};
  float half_ = head ? max(left * 0.45, 0.0) : v_half;
  float shown = (1.0 - smoothstep(half_ - soft, half_ + soft, abs(v_at.y))) * (head ? 1.0 : on(v_at.x));
  if (shown < 0.02) discard;
  gl_FragColor = v_color * shown;
  #endif
}`;

const UNIFORMS = ["u_matrix", "u_field", "u_sizeRatio", "u_pixelRatio"] as const;
const { FLOAT, UNSIGNED_BYTE } = WebGLRenderingContext;

export class LineProgram extends EdgeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_ends", size: 4, type: FLOAT },
        { name: "a_sizes", size: 2, type: FLOAT },
        { name: "a_width", size: 1, type: FLOAT },
        { name: "a_shift", size: 1, type: FLOAT },
        { name: "a_dash", size: 1, type: FLOAT },
        { name: "a_head", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[0, -1], [1, -1], [0, 1], [0, 1], [1, -1], [1, 1]],
    };
  }

  processVisibleItem(id: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
    const line = data as Line;
    const values = [
      source.x, source.y, target.x, target.y, source.size, target.size,
      line.size, line.shift, line.dash, line.head, floatColor(line.color), id,
    ];
    this.array.set(values, start);
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: Parameters<EdgeProgram["setUniforms"]>[1]): void {
    const at = uniformLocations as Record<(typeof UNIFORMS)[number], WebGLUniformLocation>;
    gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
    gl.uniform2f(at.u_field, params.width, params.height);
    gl.uniform1f(at.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(at.u_pixelRatio, params.pixelRatio);
  }
}
