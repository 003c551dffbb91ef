/** Draws things on the graphics card: eight outlines, each with a rim. Lengths are pixels. */
import { NodeProgram } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

/** What a mark needs beyond sigma's own. */
export interface Mark extends NodeDisplayData {
  shape: number;
  rim: number;
  rimColor: string;
}

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_rimColor;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_rim;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_field;
uniform float u_sizeRatio;
varying vec4 v_color;
varying vec4 v_rimColor;
varying vec2 v_from;
varying float v_size;
varying float v_shape;
varying float v_rim;
const float bias = 255.0 / 254.0;
void main() {
  v_size = a_size / u_sizeRatio;
  v_shape = a_shape;
  v_rim = a_rim;
  v_from = a_corner * (v_size * 1.5 + a_rim + 2.0);
  vec2 middle = (u_matrix * vec3(a_position, 1)).xy;
  gl_Position = vec4(middle + 2.0 * v_from / u_field, 0, 1);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
  v_rimColor = a_rimColor;
  v_rimColor.a *= bias;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec4 v_rimColor;
varying vec2 v_from;
varying float v_size;
varying float v_shape;
varying float v_rim;
uniform float u_pixelRatio;
float regular(vec2 at, float corners, float around) {
  float sector = 6.2831853 / corners;
  float angle = atan(at.x, at.y);
  return cos(floor(0.5 + angle / sector) * sector - angle) * length(at) - around * cos(sector / 2.0);
}
float box(vec2 at, vec2 half_) {
  vec2 over = abs(at) - half_;
  return max(over.x, over.y);
}
float outline(vec2 at, float r) {
  if (v_shape < 0.5) return length(at) - r;
  if (v_shape < 1.5) return box(at, vec2(0.9 * r));
  if (v_shape < 2.5) return (abs(at.x) + abs(at.y) - 1.25 * r) * 0.7071;
  if (v_shape < 3.5) return regular(vec2(at.x, -at.y - 0.1 * r), 3.0, 1.35 * r);
  if (v_shape < 4.5) return regular(vec2(at.x, at.y - 0.1 * r), 3.0, 1.35 * r);
  if (v_shape < 5.5) return min(box(at, vec2(1.15 * r, 0.38 * r)), box(at, vec2(0.38 * r, 1.15 * r)));
  if (v_shape < 6.5) return regular(at, 5.0, 1.15 * r);
  return regular(at.yx, 6.0, 1.1 * r);
}
void main(void) {
  float away = outline(v_from, v_size);
  #ifdef PICKING_MODE
  if (away > v_rim + 2.0) discard;
  gl_FragColor = v_color;
  #else
  float soft = 0.7 / u_pixelRatio;
  vec4 inner = mix(v_color, v_rimColor, smoothstep(-soft, soft, away));
  gl_FragColor = inner * (1.0 - smoothstep(v_rim - soft, v_rim + soft, away));
  #endif
}`;

const UNIFORMS = ["u_matrix", "u_field", "u_sizeRatio", "u_pixelRatio"] as const;
const { FLOAT, UNSIGNED_BYTE } = WebGLRenderingContext;

export class MarkProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_rim", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_rimColor", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [-1, 1], [-1, 1], [1, -1], [1, 1]],
    };
  }

  processVisibleItem(id: number, start: number, data: NodeDisplayData): void {
    const mark = data as Mark;
    const values = [mark.x, mark.y, mark.size, mark.shape, mark.rim, floatColor(mark.color), floatColor(mark.rimColor), id];
    this.array.set(values, start);
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: Parameters<NodeProgram["setUniforms"]>[1]): void {
    const at = uniformLocations as Record<(typeof UNIFORMS)[number], WebGLUniformLocation>;
    gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
    gl.uniform2f(at.u_field, params.width, params.height);
    gl.uniform1f(at.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(at.u_pixelRatio, params.pixelRatio);
  }
}
