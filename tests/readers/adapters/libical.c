/* libical: it expands each component by itself and takes EXDATEs away; overrides take the place of
 * their instance, as in the clients that are built on it. Zones come from the calendar's VTIMEZONEs.
 * Beside the protocol's keys it answers with "complaints": what its restriction check says.
 * The protocol is in ../README.md. */

#include <json-c/json.h>
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct expansion {
    const char *first, *last; /* the window's dates */
    icalcomponent *calendar;
    struct json_object *events;
};

static icalproperty *property(icalcomponent *component, icalproperty_kind kind)
{
    return icalcomponent_get_first_property(component, kind);
}


static int is_override(icalcomponent *event)
{
    return property(event, ICAL_RECURRENCEID_PROPERTY) != NULL;
}

/* A time property as seconds of UTC, by the zone that the calendar defines. */
static time_t seconds(icalcomponent *event, icalproperty_kind kind)
{
    icaltimetype time = icalproperty_get_datetime_with_component(property(event, kind), event);
    return icaltime_as_timet_with_zone(time, time.zone);
}

/* Whether an override stands for the master's instance at a time. The events are walked by an
 * iterator of its own: the callers are in the middle of a walk. */
static int is_overridden(icalcomponent *calendar, const char *uid, time_t start)
{
    icalcompiter walk = icalcomponent_begin_component(calendar, ICAL_VEVENT_COMPONENT);
    for (icalcomponent *event; (event = icalcompiter_deref(&walk)) != NULL; icalcompiter_next(&walk)) {
        if (is_override(event) && strcmp(icalcomponent_get_uid(event), uid) == 0 &&
            seconds(event, ICAL_RECURRENCEID_PROPERTY) == start) {
            return 1;
        }
    }
    return 0;
}

static struct json_object *moment(time_t seconds, int is_date)
{
    char text[32];
    struct tm parts;
    strftime(text, sizeof text, is_date ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &parts));
    return json_object_new_string(text);
}

static const char *status(icalcomponent *event)
{
    return icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED ? "cancelled" : "confirmed";
}

static void add(icalcomponent *event, struct icaltime_span *span, void *data)
{
    struct expansion *expansion = data;
    int is_date = icalcomponent_get_dtstart(event).is_date;
    if (!is_override(event) && is_overridden(expansion->calendar, icalcomponent_get_uid(event), span->start)) {
        return;
    }
    struct json_object *start = moment(span->start, is_date), *found = json_object_new_object();
    const char *text = json_object_get_string(start);
    if (strcmp(text, expansion->first) < 0 || strcmp(text, expansion->last) >= 0) {
        json_object_put(start);
        json_object_put(found);
        return;
    }
    json_object_object_add(found, "start", start);
    json_object_object_add(found, "end", moment(span->end, is_date));
    json_object_object_add(found, "title", json_object_new_string(icalcomponent_get_summary(event)));
    json_object_object_add(found, "status", json_object_new_string(status(event)));
    json_object_array_add(expansion->events, found);
}

/* Appends the text of every XLICERROR in a component and those within it. */
static void complaints_of(icalcomponent *component, struct json_object *complaints)
{
    icalproperty *error = property(component, ICAL_XLICERROR_PROPERTY);
    for (; error; error = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        json_object_array_add(complaints, json_object_new_string(icalproperty_get_xlicerror(error)));
    }
    icalcompiter walk = icalcomponent_begin_component(component, ICAL_ANY_COMPONENT);
    for (icalcomponent *inner; (inner = icalcompiter_deref(&walk)) != NULL; icalcompiter_next(&walk)) {
        complaints_of(inner, complaints);
    }
}

static char *contents(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        return NULL;
    }
    long length = ftell(file);
    rewind(file);
    char *text = calloc(1, (size_t)length + 1);
    if (text && fread(text, 1, (size_t)length, file) != (size_t)length) {
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

static struct json_object *read_calendar(const char *path, const char *first, const char *last)
{
    struct json_object *answer = json_object_new_object(), *complaints = json_object_new_array();
    struct expansion expansion = {first, last, NULL, json_object_new_array()};
    char *text = contents(path);
    expansion.calendar = text ? icalparser_parse_string(text) : NULL;
    free(text);
    json_object_object_add(answer, "events", expansion.events);
    json_object_object_add(answer, "complaints", complaints);
    json_object_object_add(answer, "error", expansion.calendar ? NULL : json_object_new_string("not read"));
    if (!expansion.calendar) {
        return answer;
    }
    icaltimetype from = icaltime_from_string("19700101T000000Z"), to = icaltime_from_string("20400101T000000Z");
    icalcompiter walk = icalcomponent_begin_component(expansion.calendar, ICAL_VEVENT_COMPONENT);
    for (icalcomponent *event; (event = icalcompiter_deref(&walk)) != NULL; icalcompiter_next(&walk)) {
        icalcomponent_foreach_recurrence(event, from, to, add, &expansion);
    }
    if (!icalrestriction_check(expansion.calendar) && icalcomponent_count_errors(expansion.calendar) == 0) {
        json_object_array_add(complaints, json_object_new_string("the restriction check fails without a word"));
    }
    complaints_of(expansion.calendar, complaints);
    icalcomponent_free(expansion.calendar);
    return answer;
}

int main(int argc, char **argv)
{
    struct json_object *calendars = json_object_from_fd(0), *answers = json_object_new_object();
    if (argc != 3 || !calendars) {
        fprintf(stderr, "usage: libical FROM TO, with calendars on standard input\n");
        return 2;
    }
    icalerror_set_errors_are_fatal(0);
    for (size_t i = 0; i < json_object_array_length(calendars); i++) {
        struct json_object *calendar = json_object_array_get_idx(calendars, i);
        const char *name = json_object_get_string(json_object_object_get(calendar, "name"));
        const char *file = json_object_get_string(json_object_object_get(calendar, "file"));
        json_object_object_add(answers, name, read_calendar(file, argv[1], argv[2]));
    }
    puts(json_object_to_json_string(answers));
    return 0;
}
