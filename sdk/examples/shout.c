/* SPDX-License-Identifier: MIT-0
 * A transform in plain C: ASCII letters of column `text` in upper case, as column `loud`. It asks
 * for the one text layout it knows ("u": 32-bit offsets); the host converts. */
#include <vigie/abi.h>

#include <stdlib.h>
#include <string.h>

static const char* const format_u[1] = {"u"};

struct bound { /* one a step: what its binding points at */
  int32_t need[1];
  vigie_port port;
  const vigie_port* ports[1];
};

static struct ArrowSchema loud = {"u",  "loud", NULL, ARROW_FLAG_NULLABLE, 0, NULL,
                                  NULL, NULL,   NULL};
static struct ArrowSchema* children[1] = {&loud};
static void release_schema(struct ArrowSchema* s) { s->release = NULL; } /* nothing was allocated */

static vigie_status fail(vigie_error* e, vigie_status code, const char* why) {
  e->code = code;
  strncpy(e->message, why, sizeof e->message - 1);
  return code;
}

static vigie_status bind(void* self, uint32_t n, const struct ArrowSchema* const* in,
                         vigie_binding* out, vigie_error* e) {
  (void)n;
  struct bound* b = self;
  int32_t found = -1;
  for (int64_t i = 0; i < in[0]->n_children; ++i)
    if (strcmp(in[0]->children[i]->name, "text") == 0) found = (int32_t)i;
  if (found < 0) return fail(e, VIGIE_E_SCHEMA, "there is no column 'text' in the input");
  b->need[0] = found;
  b->port = (vigie_port){sizeof(vigie_port), 1, 0, b->need, format_u};
  b->ports[0] = &b->port;
  out->rows = VIGIE_ROWS_SAME;
  out->keeps = VIGIE_KEEP_ALL;
  out->n_ports = 1;
  out->ports = b->ports;
  out->adds = (struct ArrowSchema){"+s", "", NULL, 0, 1, children, NULL, release_schema, NULL};
  return VIGIE_OK;
}

static vigie_status open_task(void* self, const vigie_task* t, void** task, vigie_error* e) {
  (void)t;
  (void)e;
  *task = self;
  return VIGIE_OK;
}

struct made { /* one allocation holds the column and the batch around it */
  struct ArrowArray column;
  struct ArrowArray* columns[1];
  const void *column_buffers[3], *batch_buffers[1];
  struct ArrowArray
      needs; /* offsets and validity are those of the input: kept until the column goes */
  char text[];
};
static void release_column(struct ArrowArray* a) { a->release = NULL; }
static void release_made(struct ArrowArray* a) {
  struct made* m = a->private_data;
  m->needs.release(&m->needs);
  free(m);
  a->release = NULL;
}

static vigie_status process(void* task, struct ArrowArray* in, const vigie_rows* rows,
                            vigie_error* e) {
  (void)task;
  const struct ArrowArray* c = in->children[0];
  const int32_t* offsets = (const int32_t*)c->buffers[1] + c->offset;
  const char* from = c->buffers[2];
  const int32_t end = offsets[c->length];
  struct made* m = malloc(sizeof *m + (size_t)end);
  if (m == NULL) return fail(e, VIGIE_E_RESOURCE, "out of memory");
  for (int32_t i = offsets[0]; i < end; ++i)
    m->text[i] = from[i] >= 'a' && from[i] <= 'z' ? (char)(from[i] - 32) : from[i];
  m->column = *c;
  m->column_buffers[0] = c->buffers[0];
  m->column_buffers[1] = c->buffers[1];
  m->column_buffers[2] = m->text;
  m->column.buffers = m->column_buffers;
  m->column.release = release_column;
  m->columns[0] = &m->column;
  m->batch_buffers[0] = NULL;
  m->needs = *in;
  in->release = NULL;
  struct ArrowArray batch = {c->length,    0, 0, 1, 1, m->batch_buffers, m->columns, NULL,
                             release_made, m};
  return rows->emit(rows->ctx, c->length, &batch, NULL, NULL);
}

static vigie_status finish(void* task, const vigie_rows* rows, vigie_error* e) {
  (void)task;
  (void)rows;
  (void)e;
  return VIGIE_OK;
}
static void close_task(void* task) { (void)task; }
static const vigie_transform_0 table = {sizeof table, bind, open_task, process, finish, close_task};

static vigie_status create(const vigie_host* host, const vigie_value* const* values, void** self,
                           vigie_error* e) {
  (void)host;
  (void)values;
  *self = calloc(1, sizeof(struct bound));
  return *self == NULL ? fail(e, VIGIE_E_RESOURCE, "out of memory") : VIGIE_OK;
}
static void destroy(void* self) { free(self); }
static const void* iface(const char* id) {
  return strcmp(id, "vigie.transform/0") == 0 ? &table : NULL;
}

static const vigie_component shout = {sizeof shout,
                                      VIGIE_TRANSFORM,
                                      VIGIE_STATELESS,
                                      VIGIE_F_DETERMINISTIC,
                                      "shout.text",
                                      "Upper-case ASCII letters of column text.",
                                      "",
                                      0,
                                      0,
                                      NULL,
                                      NULL,
                                      create,
                                      destroy,
                                      iface,
                                      NULL};
static const vigie_component* const components[1] = {&shout};
static const vigie_plugin plugin = {sizeof plugin,
                                    VIGIE_ABI_MAJOR,
                                    VIGIE_ABI_MINOR,
                                    "shout",
                                    "1.0.0",
                                    "A transform in C.",
                                    "MIT-0",
                                    "",
                                    1,
                                    components};

VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void);
VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void) { return &plugin; }
