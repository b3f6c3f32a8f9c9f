/* Calendars by libical, which writes VTIMEZONE by itself, or is given it.
 *
 * usage: libical MODEL OUT ROUNDS SECONDS [given]; prints the best microseconds of a run. */

#include <json-c/json.h>
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct event {
    const char *uid, *summary, *description, *location, *url, *conference;
    int sequence;
    enum icalproperty_status status;
    enum icalproperty_class class;
    enum icalproperty_transp transparency;
    struct icaltimetype stamp, modified, start, end, recurrence_id;
    struct icalrecurrencetype rrule;
    int recurs;
    struct icaltimetype *exdates;
    size_t exdate_count;
};

struct model {
    const char *zone;
    icalcomponent *given_zone;
    json_object *properties;
    struct event *events;
    size_t event_count;
};

static const char *text(json_object *of, const char *name)
{
    return json_object_get_string(json_object_object_get(of, name));
}

static struct icaltimetype moment(json_object *of, const char *name)
{
    const char *value = text(of, name);
    return value ? icaltime_from_string(value) : icaltime_null_time();
}

static struct event read_event(json_object *of)
{
    struct event event = {
        .uid = text(of, "uid"), .summary = text(of, "summary"), .description = text(of, "description"),
        .location = text(of, "location"), .url = text(of, "url"), .conference = text(of, "conference"),
        .sequence = json_object_get_int(json_object_object_get(of, "sequence")),
        .status = icalproperty_string_to_status(text(of, "status")),
        .class = strcmp(text(of, "class"), "PUBLIC") ? ICAL_CLASS_PRIVATE : ICAL_CLASS_PUBLIC,
        .stamp = moment(of, "dtstamp"), .modified = moment(of, "last-modified"),
        .start = moment(of, "dtstart"), .end = moment(of, "dtend"), .recurrence_id = moment(of, "recurrence-id"),
        .transparency = strcmp(text(of, "transp"), "OPAQUE") ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE,
    };
    if (text(of, "rrule")) {
        event.rrule = icalrecurrencetype_from_string(text(of, "rrule"));
        event.recurs = 1;
    }
    json_object *exdates = json_object_object_get(of, "exdate");
    event.exdate_count = json_object_array_length(exdates);
    event.exdates = calloc(event.exdate_count + 1, sizeof *event.exdates);
    for (size_t i = 0; i < event.exdate_count; i++)
        event.exdates[i] = icaltime_from_string(json_object_get_string(json_object_array_get_idx(exdates, i)));
    return event;
}

static struct model read_model(const char *path, int zone_given)
{
    json_object *root = json_object_from_file(path);
    json_object *events = json_object_object_get(root, "events");
    struct model model = {
        .zone = text(root, "zone"), .properties = json_object_object_get(root, "properties"),
        .event_count = json_object_array_length(events),
    };
    if (zone_given)
        model.given_zone = icalparser_parse_string(text(root, "vtimezone"));
    model.events = calloc(model.event_count, sizeof *model.events);
    for (size_t i = 0; i < model.event_count; i++)
        model.events[i] = read_event(json_object_array_get_idx(events, i));
    return model;
}

static void add_local(icalcomponent *to, icalproperty *property, const char *zone)
{
    icalproperty_add_parameter(property, icalparameter_new_tzid(zone));
    icalcomponent_add_property(to, property);
}

static icalcomponent *vevent(const struct event *event, const char *zone)
{
    icalcomponent *made = icalcomponent_new_vevent();
    icalcomponent_add_property(made, icalproperty_new_uid(event->uid));
    icalcomponent_add_property(made, icalproperty_new_dtstamp(event->stamp));
    icalcomponent_add_property(made, icalproperty_new_lastmodified(event->modified));
    icalcomponent_add_property(made, icalproperty_new_sequence(event->sequence));
    add_local(made, icalproperty_new_dtstart(event->start), zone);
    add_local(made, icalproperty_new_dtend(event->end), zone);
    if (!icaltime_is_null_time(event->recurrence_id))
        add_local(made, icalproperty_new_recurrenceid(event->recurrence_id), zone);
    if (event->recurs)
        icalcomponent_add_property(made, icalproperty_new_rrule(event->rrule));
    for (size_t i = 0; i < event->exdate_count; i++)
        add_local(made, icalproperty_new_exdate(event->exdates[i]), zone);
    icalcomponent_add_property(made, icalproperty_new_summary(event->summary));
    icalcomponent_add_property(made, icalproperty_new_description(event->description));
    icalcomponent_add_property(made, icalproperty_new_location(event->location));
    icalcomponent_add_property(made, icalproperty_new_url(event->url));
    icalproperty *conference = icalproperty_new_conference(event->conference);
    icalproperty_add_parameter(conference, icalparameter_new_label("Join"));
    icalcomponent_add_property(made, conference);
    icalcomponent_add_property(made, icalproperty_new_status(event->status));
    icalcomponent_add_property(made, icalproperty_new_class(event->class));
    icalcomponent_add_property(made, icalproperty_new_transp(event->transparency));
    return made;
}

static icalproperty *calendar_property(const char *name, const char *value)
{
    if (!strncmp(name, "x-", 2)) {
        icalproperty *property = icalproperty_new_x(value);
        icalproperty_set_x_name(property, name);
        return property;
    }
    icalproperty *property = icalproperty_new(icalproperty_string_to_kind(name));
    icalproperty_set_value_from_string(property, value, "NO");
    return property;
}

static char *write_calendar(const struct model *model)
{
    icalcomponent *calendar = icalcomponent_new_vcalendar();
    for (size_t i = 0; i < json_object_array_length(model->properties); i++) {
        json_object *pair = json_object_array_get_idx(model->properties, i);
        const char *name = json_object_get_string(json_object_array_get_idx(pair, 0));
        const char *value = json_object_get_string(json_object_array_get_idx(pair, 1));
        icalcomponent_add_property(calendar, calendar_property(name, value));
    }
    icalcomponent *zone = model->given_zone;
    if (!zone)
        zone = icaltimezone_get_component(icaltimezone_get_builtin_timezone(model->zone));
    icalcomponent_add_component(calendar, icalcomponent_new_clone(zone));
    for (size_t i = 0; i < model->event_count; i++)
        icalcomponent_add_component(calendar, vevent(&model->events[i], model->zone));
    char *made = icalcomponent_as_ical_string_r(calendar);
    icalcomponent_free(calendar);
    return made;
}

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static double round_of(const struct model *model, double seconds)
{
    double begin = processor_seconds(), taken;
    int runs = 0;
    do {
        free(write_calendar(model));
        runs++;
        taken = processor_seconds() - begin;
    } while (taken < seconds);
    return taken / runs;
}

int main(int count, char **given)
{
    if (count < 5)
        return 2;
    icaltimezone_set_tzid_prefix("");
    struct model model = read_model(given[1], count > 5);
    FILE *out = fopen(given[2], "w");
    fputs(write_calendar(&model), out);
    fclose(out);
    double seconds = atof(given[4]), best = 1e9;
    round_of(&model, seconds);
    for (int i = 0; i < atoi(given[3]); i++) {
        double taken = round_of(&model, seconds);
        best = taken < best ? taken : best;
    }
    printf("%f\n", best * 1e6);
    return 0;
}
