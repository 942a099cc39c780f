package io.phonein.app

import org.w3c.dom.Document
import org.w3c.dom.Element
import org.w3c.dom.Node
import java.io.File
import javax.xml.parsers.DocumentBuilderFactory

/** The files of the build, as they lie in the repository. */
object Files {
    val app = File(System.getProperty("phonein.app"))
    val android: File = app.parentFile

    fun xml(path: String): Document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(File(app, path))

    /** All sources of the app itself. */
    val kotlin by lazy { File(app, "src/main/kotlin").walk().filter { it.extension == "kt" }.joinToString("\n") { it.readText() } }
}

/** All elements of that name below this one. */
fun Node.all(name: String): List<Element> {
    val found = (this as? Document)?.getElementsByTagName(name) ?: (this as Element).getElementsByTagName(name)
    return (0 until found.length).map { found.item(it) as Element }
}

/** An attribute of Android's. */
fun Element.android(name: String): String = getAttribute("android:$name")
