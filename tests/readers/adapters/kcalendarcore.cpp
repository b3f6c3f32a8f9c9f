// KCalendarCore, which KOrganizer and Plasma are built on: it expands the calendar with its own iterator.
// The protocol is in ../README.md.

#include <ICalFormat>
#include <MemoryCalendar>
#include <OccurrenceIterator>

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>
#include <QTimeZone>

using namespace KCalendarCore;

namespace {

QString moment(const QDateTime &time, bool isDate)
{
    return isDate ? time.date().toString(Qt::ISODate) : time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ"));
}

// The end of whole days is their last day in KCalendarCore, and the day after it in the protocol.
QDateTime exclusiveEnd(const QDateTime &end, bool isDate)
{
    return isDate ? end.addDays(1) : end;
}

QJsonObject event(const Incidence::Ptr &incidence, const QDateTime &start, const QDateTime &end)
{
    const bool isDate = incidence->allDay();
    const bool cancelled = incidence->status() == Incidence::StatusCanceled;
    return {
        {QStringLiteral("start"), moment(start, isDate)},
        {QStringLiteral("end"), moment(exclusiveEnd(end, isDate), isDate)},
        {QStringLiteral("title"), incidence->summary()},
        {QStringLiteral("status"), cancelled ? QStringLiteral("cancelled") : QStringLiteral("confirmed")},
    };
}

QJsonArray events(const Calendar &calendar, const QString &first, const QString &last)
{
    QJsonArray found;
    const QDateTime from(QDate::fromString(first, Qt::ISODate).addDays(-1), QTime(), Qt::UTC);
    const QDateTime to(QDate::fromString(last, Qt::ISODate).addDays(1), QTime(), Qt::UTC);
    for (OccurrenceIterator each(calendar, from, to); each.hasNext();) {
        each.next();
        const QJsonObject next = event(each.incidence(), each.occurrenceStartDate(), each.occurrenceEndDate());
        const QString start = next[QStringLiteral("start")].toString();
        if (first <= start && start < last) {
            found.append(next);
        }
    }
    return found;
}

QJsonObject readCalendar(const QString &path, const QString &first, const QString &last)
{
    const MemoryCalendar::Ptr calendar(new MemoryCalendar(QTimeZone::utc()));
    QFile file(path);
    const bool read = file.open(QIODevice::ReadOnly) && ICalFormat().fromRawString(calendar, file.readAll());
    return {
        {QStringLiteral("events"), read ? events(*calendar, first, last) : QJsonArray()},
        {QStringLiteral("error"), read ? QJsonValue() : QJsonValue(QStringLiteral("not read"))},
    };
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    QFile input;
    if (arguments.size() != 3 || !input.open(stdin, QIODevice::ReadOnly)) {
        return 2;
    }
    QJsonObject answers;
    for (const QJsonValue &calendar : QJsonDocument::fromJson(input.readAll()).array()) {
        const QString name = calendar[QStringLiteral("name")].toString();
        answers[name] = readCalendar(calendar[QStringLiteral("file")].toString(), arguments[1], arguments[2]);
    }
    QTextStream(stdout) << QJsonDocument(answers).toJson(QJsonDocument::Compact);
    return 0;
}
