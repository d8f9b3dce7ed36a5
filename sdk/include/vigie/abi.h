/* SPDX-License-Identifier: MIT-0
 * The contract between the Vigie host and its plugins. C11; no C++ type crosses it.
 *
 * Version 0.x: it may still change; the loader wants the exact minor. The header of each minor is
 * kept in sdk/releases/.
 *
 * Conventions
 *   - Every struct starts with struct_size, set by its maker to sizeof, and grows at its end only.
 * Arrays of structs are arrays of pointers, so that growing a struct moves nothing.
 *   - Threads: [main] one thread, before or after the run; [task] one thread at a time per task
 * object, tasks in parallel; [any] any thread, concurrently.
 *   - Ownership: borrowed (valid until the call returns), moved (the callee owns it and releases
 * it, also on failure). Text is borrowed unless said otherwise. Arrow structs are moved as the
 * Arrow C data interface says: the taker sets the giver's `release` to NULL.
 *   - Order of calls: describe (the descriptors) -> create(values) -> bind(schemas) -> open(task)
 * -> process.../finish -> close -> destroy. A bound component is read-only while tasks run; only
 * tasks hold state.
 *   - A failing call fills the caller's vigie_error and returns a negative status. It fails only
 * for what concerns the whole batch; a row that cannot be used is rejected through the callback and
 * the call goes on.
 *   - Functions must not throw, longjmp, exit or change process-wide state (locale, folder,
 * signals, umask). */
#ifndef VIGIE_ABI_H
#define VIGIE_ABI_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

#define VIGIE_ABI_MAJOR 0u /* also in the entry symbol's name */
#define VIGIE_ABI_MINOR 3u
#define VIGIE_ENTRY_SYMBOL "vigie_entry_0"

/* ---- data: the Arrow C data interface, arrow.apache.org/docs/format/CDataInterface.html ----
 * A batch is a struct array ("+s") without nulls of its own; its children are the columns. Types in
 * use: "b" bool, "c" "s" "i" "l" int8-64, "C" "S" "I" "L" uint8-64, "g" float64, text as "u" (int32
 * offsets), "U" (int64 offsets) or "vu" (views), "z" "Z" "vz" binary, "w:N" fixed binary, "tdD"
 * date32, "tsu:UTC" timestamp in microseconds, "+l" list, "+s" struct, and dictionaries of these
 * with any integer index. Metadata of a field: "vigie.span" = "1": a struct<offset: int64, length:
 * int32> that names bytes of the row's input file; "vigie.sensitive" = "1": masked wherever people
 * look; "ARROW:extension:name": a meaning that writers and expressions know: "vigie.ipv4" (uint32,
 * an address in host byte order), "vigie.ip" (16 bytes, an IPv6 address; IPv4 as ::ffff:a.b.c.d),
 * "vigie.decimal(S)" (int64, the number times 10^S, S from 0 to 18), "arrow.json" (text that is one
 * JSON value). */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
#endif

typedef struct vigie_str {
  const char* data; /* UTF-8, borrowed, not NUL-ended */
  uint64_t size;
} vigie_str;

typedef struct vigie_bytes {
  const void* data;
  uint64_t size;
} vigie_bytes;

/* Bytes of one input: of the file as stored, after decompression. Where the host converts a
 * charset, of the UTF-8 text it made; the manifest then names the charset. */
typedef struct vigie_span {
  int64_t offset;
  int32_t length;
  int32_t file; /* index of the input in the run's list; -1: none */
} vigie_span;

/* ---- errors ---- */
typedef int32_t vigie_status;
enum {
  VIGIE_OK = 0,
  VIGIE_DONE = 1, /* success; no more output, or no more input wanted */
  VIGIE_E_CONFIG = -1,
  VIGIE_E_SCHEMA = -2,
  VIGIE_E_DATA = -3,
  VIGIE_E_IO = -4,
  VIGIE_E_RESOURCE = -5,
  VIGIE_E_CANCELLED = -6,
  VIGIE_E_UNSUPPORTED = -7,
  VIGIE_E_INTERNAL = -8
};
enum { VIGIE_ERR_RETRY = 1u };

typedef struct vigie_error { /* the caller's, of fixed size: nothing to free, nothing that outlives
                                a library */
  uint32_t struct_size;
  vigie_status code;
  uint32_t flags;
  int32_t param;  /* which parameter of the table, -1: none */
  int32_t item;   /* item of its list or map, -1: none */
  int64_t offset; /* byte in its text, -1: none */
  int64_t row;    /* of the batch at hand, -1: none */
  char column[64];
  char message[512];
} vigie_error;

/* ---- parameters ---- */
enum {
  VIGIE_T_BOOL = 1,
  VIGIE_T_INT,
  VIGIE_T_REAL,
  VIGIE_T_TEXT,
  VIGIE_T_DURATION,   /* microseconds */
  VIGIE_T_SIZE,       /* bytes */
  VIGIE_T_DATE,       /* days since 1970-01-01 */
  VIGIE_T_TIMESTAMP,  /* microseconds since 1970-01-01T00:00:00Z */
  VIGIE_T_PATH,       /* read it through vigie_host.resource */
  VIGIE_T_COLUMN,     /* name of an input column */
  VIGIE_T_EXPRESSION, /* errors name a byte of it */
  VIGIE_T_RECORD
};
enum {
  VIGIE_P_REQUIRED = 1u,
  VIGIE_P_SECRET = 2u,
  VIGIE_P_LIST = 4u,
  VIGIE_P_MAP = 8u,
  VIGIE_P_DEPRECATED = 16u
};

typedef struct vigie_param {
  uint32_t struct_size, type, flags, n_fields;
  const char *name, *def, *doc; /* def: as a pipeline would write it, NULL: none; doc: Markdown */
  const char* const* choices;   /* NULL-ended, or NULL */
  double min, max;              /* min > max: none */
  const struct vigie_param* const* fields; /* RECORD */
} vigie_param;

typedef struct vigie_value {
  uint32_t struct_size, type, set, n_items; /* set 0: neither given nor a default */
  int64_t i;                                /* BOOL, INT, DURATION, SIZE, DATE, TIMESTAMP */
  double r;                                 /* REAL */
  vigie_str s;                              /* TEXT, PATH, COLUMN, EXPRESSION */
  vigie_str key;                            /* of an item of a MAP */
  const struct vigie_value* const* items; /* LIST, MAP; RECORD: one a field, in the table's order */
} vigie_value;

/* ---- host services ---- */
enum { VIGIE_LOG_ERROR = 1, VIGIE_LOG_WARNING, VIGIE_LOG_INFO, VIGIE_LOG_DEBUG };

typedef struct vigie_host { /* valid from create to destroy */
  uint32_t struct_size;
  uint16_t abi_major, abi_minor;
  void* ctx;
  void (*log)(void* ctx, int32_t level, vigie_str text); /* [any] */
  void (*metric)(void* ctx, uint32_t index,
                 double delta);    /* [any] index into the component's metrics table */
  int32_t (*cancelled)(void* ctx); /* [any] poll at least every 100 ms */
  /* [any] A file by name: the value of one of the step's own PATH parameters, or a file of the
   * plugin's share folder. The host reads it once, hashes and lists it; the bytes stay valid until
   * destroy. Ask for data only when a task opens: binding must open no data file. */
  vigie_status (*resource)(void* ctx, vigie_str name, vigie_bytes* out, vigie_error*);
  /* [any] Memory a task holds between calls changed by delta. E_RESOURCE: the budget is used up. */
  vigie_status (*reserve)(void* ctx, int64_t delta_bytes);
  const void* (*extension)(void* ctx, const char* id); /* [any] NULL: the host lacks it */
} vigie_host;

/* "vigie.spill/0", an extension of vigie_host: scratch files for state that does not fit into the
 * memory the host grants. Ask for it when a task opens; NULL: there are none, and a refused
 * `reserve` is final. A file belongs to one task at a time and holds a descriptor, so few are
 * better than many. What is not dropped goes with the run. */
typedef struct vigie_spill_0 {
  uint32_t struct_size;
  void* ctx;
  /* [task] a new, empty file; its number is never given again in this run */
  vigie_status (*create)(void* ctx, uint64_t* file, vigie_error*);
  /* [task] n bytes behind those that are there. E_IO: for instance, the disk is full. */
  vigie_status (*append)(void* ctx, uint64_t file, const void* from, uint64_t n, vigie_error*);
  /* [task] exactly n bytes from `offset` on; E_IO where the file is shorter. What a disk returns
   * may be other bytes than were written: keep check sums. */
  vigie_status (*read)(void* ctx, uint64_t file, uint64_t offset, void* to, uint64_t n,
                       vigie_error*);
  uint64_t (*size)(void* ctx, uint64_t file); /* [task] in bytes; 0 for a number that names none */
  void (*drop)(void* ctx, uint64_t file); /* [task] removes it; a number that names none: nothing */
} vigie_spill_0;

typedef struct vigie_task {
  uint32_t struct_size;
  uint64_t
      seed; /* of pipeline, step and split: the only randomness a deterministic component may use */
  vigie_str step;
} vigie_task;

/* ---- what a component says when it is bound to schemas ---- */
enum {
  VIGIE_ROWS_SAME = 1, /* one output row per input row, in place */
  VIGIE_ROWS_SOME = 2, /* a selection: parents ascend strictly */
  VIGIE_ROWS_MANY = 3  /* any number per input row: parents do not descend */
};
enum {
  VIGIE_KEEP_ALL = 1,
  VIGIE_KEEP_NONE = 2, /* the output has only the columns of `adds` */
  VIGIE_KEEP_LISTED =
      3 /* it has the columns named in `kept`, in that order and under those names, then `adds` */
};
#define VIGIE_NEED_ORIGIN                                                                          \
  (-1) /* as a need: struct<offset: int64, length: int32, file: int32>, the row's place */

typedef struct vigie_port {
  uint32_t struct_size, n_needs;
  uint32_t build;       /* 1: delivered whole through vigie.build/0 before any task opens */
  const int32_t* needs; /* columns of the port's schema, in the order the task wants them */
  const char* const*
      formats; /* wanted Arrow format per need ("u", "vu", ...), an entry or all NULL: any layout */
} vigie_port;

typedef struct vigie_binding { /* filled by bind; pointers borrowed until destroy */
  uint32_t struct_size, rows, keeps, n_ports;
  const vigie_port* const* ports;
  struct ArrowSchema adds; /* "+s", moved; a column of the same name replaces the old one */
  uint32_t n_kept;         /* KEEP_LISTED */
  const int32_t* kept;     /* columns of port 0 */
  const char* const* kept_names;
} vigie_binding;

/* ---- where a task puts its rows ---- */
typedef struct vigie_rows {
  uint32_t struct_size;
  void* ctx;
  /* [task] n rows. adds_moved NULL: nothing added. parent: row of the batch at hand for each output
   * row (borrowed), NULL for SAME, which emits once with n == rows in; rejected rows stay in place
   * there and the host masks them. SOME and MANY may emit several times a batch. narrower: a span
   * inside the parent's for each row, or NULL. A transform that holds rows over batches is
   * KEEP_NONE and emits with parent NULL; narrower then gives whole spans it got through
   * NEED_ORIGIN. */
  vigie_status (*emit)(void* ctx, int64_t n, struct ArrowArray* adds_moved, const int32_t* parent,
                       const vigie_span* narrower);
  /* [task] SOME, MANY: input rows without output, or kept for later; parents seen + dropped +
   * rejected = rows in */
  void (*dropped)(void* ctx, int64_t rows);
  void (*reject)(void* ctx, int64_t in_row, vigie_status, vigie_str column,
                 vigie_str why); /* [task] */
} vigie_rows;

typedef struct vigie_decoded { /* decoders, sources, partial and final results */
  uint32_t struct_size;
  void* ctx;
  /* [task] exactly the projected columns, in the order asked. Arrays may hold views into the chunk:
   * the host keeps it alive for them. origin: one ascending span a row (borrowed), NULL: none
   * known. Several emits a chunk are allowed. */
  vigie_status (*emit)(void* ctx, int64_t n, struct ArrowArray* moved, const vigie_span* origin);
  void (*reject_at)(void* ctx, vigie_span where, vigie_status, vigie_str column,
                    vigie_str why); /* [task] */
} vigie_decoded;

typedef struct vigie_writer {
  uint32_t struct_size;
  void* ctx;
  vigie_status (*write)(void* ctx, const void* from, uint64_t n); /* [task] */
} vigie_writer;

/* ---- interfaces, found by id ---- */
enum {
  VIGIE_RECORDS_LINES = 1,
  VIGIE_RECORDS_FILE = 2,
  VIGIE_RECORDS_OWN = 3,
  VIGIE_RECORDS_UNCUT = 8 /* a flag beside the others: an input is one split, whatever its size */
};

typedef struct vigie_input {
  uint32_t struct_size;
  int32_t file;     /* for the spans of this input */
  vigie_str name;   /* path below the fixed part of the glob */
  vigie_bytes head; /* its first bytes, 64 KiB at most, behind a byte order mark: for a header line;
                       empty for standard input */
  int32_t begins;   /* 1: this split begins the input, its first chunk begins with `head` */
} vigie_input;

/* "vigie.decode/0": bytes -> rows. The host lists, opens, hashes, decompresses, converts charsets
 * and splits. */
typedef struct vigie_decode_0 {
  uint32_t struct_size;
  uint32_t records; /* how records end: at \n, with the file, or as border() says */
  vigie_status (*bind)(void* self, struct ArrowSchema* all,
                       vigie_error*); /* [main] every column it can give */
  vigie_status (*project)(void* self, const int32_t* wanted, uint32_t n,
                          vigie_error*); /* [main] only these, in this order; n may be 0 */
  int64_t (*border)(void* self, vigie_bytes chunk,
                    int32_t at_start); /* [any] OWN: first record end, or -1 */
  vigie_status (*open)(void* self, const vigie_task*, const vigie_input*, void** task,
                       vigie_error*); /* [task] one a split */
  /* whole records only; 64 readable zero bytes follow them, so that SIMD may over-read */
  vigie_status (*chunk)(void* task, vigie_bytes records, int64_t offset, const vigie_decoded*,
                        vigie_error*); /* [task] */
  void (*close)(void* task);
  /* [any] How records end where that depends on parameters, with or without UNCUT. NULL: as
   * `records` says. */
  uint32_t (*form)(void* self);
  /* [any] OWN: where the last whole record of bytes that begin a record ends, 0 where none does.
   * NULL: the host asks border() for one after the other. */
  int64_t (*last_border)(void* self, vigie_bytes records);
} vigie_decode_0;

/* "vigie.encode/0": batches -> bytes, in parallel unless SINGLE. One task's bytes for one split are
 * one concatenable piece; the host orders, compresses, syncs and renames. head and foot run once an
 * output, on a task of their own, or, where the component is SINGLE, on the one task that saw all
 * rows in order. */
typedef struct vigie_encode_0 {
  uint32_t struct_size;
  vigie_status (*bind)(void* self, const struct ArrowSchema* in, vigie_binding* out,
                       vigie_error*); /* [main] needs only */
  vigie_status (*open)(void* self, const vigie_task*, void** task, vigie_error*); /* [task] */
  vigie_status (*head)(void* task, const vigie_writer*, vigie_error*);            /* [task] */
  vigie_status (*rows)(void* task, struct ArrowArray* needs_moved, const vigie_writer*,
                       vigie_error*); /* [task] */
  vigie_status (*foot)(void* task, uint64_t total_rows, const vigie_writer*,
                       vigie_error*); /* [task] */
  void (*close)(void* task);
} vigie_encode_0;

/* "vigie.transform/0": the host carries every column it does not add, the origins and the mask of
 * rejected rows. */
typedef struct vigie_transform_0 {
  uint32_t struct_size;
  vigie_status (*bind)(void* self, uint32_t ports, const struct ArrowSchema* const* in,
                       vigie_binding* out, vigie_error*);                         /* [main] */
  vigie_status (*open)(void* self, const vigie_task*, void** task, vigie_error*); /* [task] */
  vigie_status (*process)(void* task, struct ArrowArray* needs_moved, const vigie_rows*,
                          vigie_error*); /* [task] */
  vigie_status (*finish)(void* task, const vigie_rows*,
                         vigie_error*); /* [task] end of the split; emits need KEEP_NONE */
  void (*close)(void* task);
} vigie_transform_0;

/* "vigie.build/0", beside transform/0: a side that is held once for all tasks (indicator lists,
 * gazetteers). */
typedef struct vigie_build_0 {
  uint32_t struct_size;
  vigie_status (*add)(void* self, uint32_t port, struct ArrowArray* needs_moved,
                      vigie_error*); /* [main] in split order */
  vigie_status (*seal)(void* self, uint32_t port, uint64_t* bytes_held,
                       vigie_error*); /* [main] then read-only for all tasks */
} vigie_build_0;

/* "vigie.arrange/0", a breaker: sort, dedup, head. Keys and host row ids in (ids ascend in input
 * order), row ids out in output order; the host keeps, spills and gathers the payload. An id stands
 * in the output at most once unless rows is MANY. */
typedef struct vigie_order {
  uint32_t struct_size;
  void* ctx;
  vigie_status (*emit)(void* ctx, uint64_t n, const uint64_t* ids); /* [task] borrowed */
} vigie_order;

typedef struct vigie_arrange_0 {
  uint32_t struct_size;
  vigie_status (*bind)(void* self, const struct ArrowSchema* in, vigie_binding* out,
                       vigie_error*); /* [main] needs: the keys; adds: none */
  vigie_status (*open)(void* self, const vigie_task*, void** task, vigie_error*); /* [task] */
  /* [task] DONE: no more input wanted (the host may skip the rest) */
  vigie_status (*take)(void* task, struct ArrowArray* keys_moved, const uint64_t* ids,
                       const vigie_order*, vigie_error*);
  vigie_status (*end)(void* task, const vigie_order*, vigie_error*); /* [task] no more rows */
  void (*close)(void* task);
} vigie_arrange_0;

/* "vigie.aggregate/0": partial state is itself a batch, so the host can spill, checkpoint, ship and
 * merge it. */
typedef struct vigie_aggregate_0 {
  uint32_t struct_size;
  /* [main] the first *n_keys columns of partial are the key: the host may shard the merge by their
   * hash. The first columns of the result are the key as well, in the same order and of the same
   * types: by it `vigie trace` finds the rows of a group. */
  vigie_status (*bind)(void* self, const struct ArrowSchema* in, struct ArrowSchema* partial,
                       uint32_t* n_keys, vigie_binding* out, vigie_error*);
  vigie_status (*open)(void* self, const vigie_task*, void** task, vigie_error*); /* [task] */
  vigie_status (*update)(void* task, struct ArrowArray* needs_moved, const vigie_rows*,
                         vigie_error*); /* [task] reject only */
  /* [task] emits want_rows at most a call, DONE when empty; row order depends on the input alone;
   * then the task is as new */
  vigie_status (*partial)(void* task, uint64_t want_rows, const vigie_decoded*, vigie_error*);
  vigie_status (*merge)(void* task, struct ArrowArray* partial_moved,
                        vigie_error*); /* [task] associative, in split order */
  vigie_status (*result)(void* task, uint64_t want_rows, const vigie_decoded*,
                         vigie_error*); /* [task] sorted by key */
  void (*close)(void* task);
} vigie_aggregate_0;

/* "vigie.source/0", "vigie.sink/0": for what is not a stream of bytes (databases). */
typedef struct vigie_source_0 {
  uint32_t struct_size;
  vigie_status (*bind)(void* self, struct ArrowSchema* all, vigie_error*);              /* [main] */
  vigie_status (*project)(void* self, const int32_t* wanted, uint32_t n, vigie_error*); /* [main] */
  vigie_status (*splits)(void* self, uint64_t want_bytes, struct ArrowArray* moved_out,
                         vigie_error*); /* [main] struct{id: u, bytes: l} */
  vigie_status (*open)(void* self, const vigie_task*, vigie_str split, void** task,
                       vigie_error*); /* [task] */
  vigie_status (*next)(void* task, uint64_t want_rows, const vigie_decoded*,
                       vigie_error*); /* [task] OK, DONE or error */
  void (*close)(void* task);
} vigie_source_0;

/* One task takes all rows, in input order. Two phases: prepare makes everything durable but
 * invisible. Files are made in work_dir under the name of the step's `file` parameter; the host
 * syncs and renames them when the run commits. commit is for what is not a file. */
typedef struct vigie_sink_0 {
  uint32_t struct_size;
  vigie_status (*bind)(void* self, const struct ArrowSchema* in, vigie_binding* out,
                       vigie_error*); /* [main] */
  vigie_status (*open)(void* self, const vigie_task*, vigie_str work_dir, vigie_str file,
                       void** task, vigie_error*); /* [task] */
  vigie_status (*write)(void* task, struct ArrowArray* needs_moved, const vigie_rows*,
                        vigie_error*); /* [task] reject only */
  vigie_status (*prepare)(void* task, const vigie_writer* receipt, vigie_error*); /* [task] */
  vigie_status (*commit)(void* self, uint32_t n, const vigie_bytes* receipts,
                         vigie_error*);                               /* [main] idempotent */
  void (*abort)(void* self, uint32_t n, const vigie_bytes* receipts); /* [main] idempotent */
  void (*close)(void* task);
} vigie_sink_0;

/* ---- descriptors ---- */
enum {
  VIGIE_DECODE = 1,
  VIGIE_ENCODE,
  VIGIE_TRANSFORM,
  VIGIE_ARRANGE,
  VIGIE_AGGREGATE,
  VIGIE_SOURCE,
  VIGIE_SINK
};
enum {
  VIGIE_STATELESS = 1,   /* any number of tasks, each split on a task of its own */
  VIGIE_ORDERED = 2,     /* one task sees all rows in input order */
  VIGIE_PARTITIONED = 3, /* all rows of a key on one task, in input order */
  VIGIE_SINGLE = 4       /* one task; order as ORDERED */
};
enum {
  VIGIE_F_DETERMINISTIC = 1u,
  VIGIE_F_READS_FILES = 2u,
  VIGIE_F_WRITES_FILES = 4u,
  VIGIE_F_NETWORK = 8u,
  VIGIE_F_FILLS = 16u /* steps that are read together may differ in their columns: what one lacks is
                         null, whole numbers of different widths become int64 */
};
enum { VIGIE_M_COUNTER = 1, VIGIE_M_GAUGE = 2 };

typedef struct vigie_metric {
  uint32_t struct_size, kind;
  const char *name, *unit, *doc;
} vigie_metric;

typedef struct vigie_component {
  uint32_t struct_size, kind, parallelism, flags;
  const char *name, *summary, *doc; /* "tls.verdict"; doc is Markdown */
  uint32_t n_params, n_metrics;
  const vigie_param* const* params;
  const vigie_metric* const* metrics;
  vigie_status (*create)(const vigie_host*, const vigie_value* const* values, void** self,
                         vigie_error*); /* [main] */
  void (*destroy)(void* self);          /* [main] */
  const void* (*iface)(const char* id); /* [any] NULL: not offered */
  const char* const*
      ports; /* names of the input ports in order, NULL-ended; NULL: one port without a name */
} vigie_component;

typedef struct vigie_plugin {
  uint32_t struct_size;
  uint16_t abi_major, abi_minor;
  const char *id, *version, *summary, *license,
      *homepage; /* id: the file's name without .so, and the family of its components */
  uint32_t n_components;
  const vigie_component* const* components;
} vigie_plugin;

/* The one exported symbol of a plugin: `const vigie_plugin* vigie_entry_0(void)`. The struct lives
 * as long as the library. [main] */
typedef const vigie_plugin* (*vigie_entry_fn)(void);
#if defined(__GNUC__)
#define VIGIE_EXPORT __attribute__((visibility("default")))
#else
#define VIGIE_EXPORT
#endif

#ifdef __cplusplus
}
#endif
#endif
